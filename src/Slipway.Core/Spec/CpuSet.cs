using System.Globalization;
using System.Text;

namespace Slipway.Core.Spec;

/// <summary>
/// A set of logical CPUs by their numbers in the kernel. As text it has the kernel's list form (<c>0-3,8</c>), and as a
/// mask its bitmap form (<c>1,0000000f</c>: Documentation/core-api/printk-formats.rst, "%*pb[l]").
/// </summary>
public sealed class CpuSet : IEquatable<CpuSet>
{
    /// <summary>No kernel is built for more (x86 Kconfig, NR_CPUS_RANGE_END).</summary>
    public const int Most = 8192;

    private readonly SortedSet<int> _cpus;

    public CpuSet(IEnumerable<int> cpus) => _cpus = [.. cpus];

    public static CpuSet Empty { get; } = new([]);

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<int> Cpus => [.. _cpus];

    public int Count => _cpus.Count;

    public bool Contains(int cpu) => _cpus.Contains(cpu);

    public CpuSet Union(CpuSet other) => new(_cpus.Concat(other._cpus));

    public CpuSet Intersect(CpuSet other) => new(_cpus.Where(other.Contains));

    public CpuSet Except(CpuSet other) => new(_cpus.Where(cpu => !other.Contains(cpu)));

    /// <summary>Reads <c>0-3,8</c>: numbers and ascending ranges, without spaces, below <see cref="Most"/>. The order and repetitions do not matter.</summary>
    public static bool TryParse(string text, out CpuSet cpus)
    {
        var found = new SortedSet<int>();
        cpus = Empty;
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-', 2);
            if (!TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || first > last)
            {
                return false;
            }

            found.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        cpus = new CpuSet(found);
        return true;
    }

    /// <summary>The CPUs of folder names such as <c>cpu12</c>; other names are passed over.</summary>
    public static CpuSet Named(IEnumerable<string> names) => new(names
        .Select(name => name.StartsWith("cpu", StringComparison.Ordinal) && TryNumber(name[3..], out var number) ? number : -1)
        .Where(number => number >= 0));

    /// <exception cref="FormatException">Not the list form.</exception>
    public static CpuSet Parse(string text) => TryParse(text, out var cpus) ? cpus : throw new FormatException($"'{text}' is not a list of CPUs");

    /// <summary>Hexadecimal, in groups of 32 CPUs with the highest first, as files under /sys take it.</summary>
    public string ToMask()
    {
        var groups = new uint[(_cpus.Count == 0 ? 0 : _cpus.Max / 32) + 1];
        foreach (var cpu in _cpus)
        {
            groups[cpu / 32] |= 1u << (cpu % 32);
        }

        var text = new StringBuilder(groups[^1].ToString("x", CultureInfo.InvariantCulture));
        foreach (var group in groups.SkipLast(1).Reverse())
        {
            text.Append(CultureInfo.InvariantCulture, $",{group:x8}");
        }

        return text.ToString();
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        var cpus = Cpus;
        for (var i = 0; i < cpus.Count; i++)
        {
            var first = cpus[i];
            while (i + 1 < cpus.Count && cpus[i + 1] == cpus[i] + 1)
            {
                i++;
            }

            text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{first}");
            if (cpus[i] > first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{cpus[i]}");
            }
        }

        return text.ToString();
    }

    public bool Equals(CpuSet? other) => other is not null && _cpus.SetEquals(other._cpus);

    public override bool Equals(object? obj) => Equals(obj as CpuSet);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Most;
}

using System.Globalization;

namespace Slipway.Agent.Configuration;

/// <summary>The kernel's way to write sets of CPUs: lists such as <c>0-3,8</c> and masks such as <c>ff,ffffffff</c>.</summary>
internal static class CpuList
{
    public static bool TryParse(string text, int most, out IReadOnlyList<int> cpus)
    {
        var found = new SortedSet<int>();
        cpus = [];
        foreach (var part in text.Trim().Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || first > last || last >= most)
            {
                return false;
            }

            for (var cpu = first; cpu <= last; cpu++)
            {
                found.Add(cpu);
            }
        }

        cpus = [.. found];
        return true;
    }

    /// <summary>As sysfs wants masks: words of 32 bits, highest first, without a leading comma.</summary>
    public static string Mask(IReadOnlyCollection<int> cpus)
    {
        var words = new uint[(cpus.Count == 0 ? 0 : cpus.Max() / 32) + 1];
        foreach (var cpu in cpus)
        {
            words[cpu / 32] |= 1u << (cpu % 32);
        }

        return string.Join(',', words.Reverse().Select((word, index) => word.ToString(index == 0 ? "x" : "x8", CultureInfo.InvariantCulture)));
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

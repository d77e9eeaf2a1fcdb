using System.Globalization;

namespace Slipway.Core.Doctor.Checks;

/// <summary>Memory enough for the accounts index.</summary>
internal sealed class MemoryCheck : NodeCheck
{
    private const string Meminfo = "/proc/meminfo";

    /// <summary>256 GB as Anza asks for, less what firmware and kernel keep.</summary>
    private const long LeastKib = 245_000_000;

    public override string Id => "hardware.memory";

    public override string Why => "a validator with less than 256 GB is killed for want of memory when the accounts index grows";

    public override IEnumerable<string> Files(NodeSubject subject) => subject.IsValidator ? [Meminfo] : [];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (!subject.IsValidator)
        {
            yield return NotApplicable("no validator runs here");
        }
        else if (subject.File(Meminfo) is not { Text: { } text })
        {
            yield return Unread(Meminfo, subject.File(Meminfo), () => NotApplicable("the kernel does not tell"));
        }
        else
        {
            var line = text.Split('\n').FirstOrDefault(line => line.StartsWith("MemTotal:", StringComparison.Ordinal)) ?? "";
            var kib = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..] && long.TryParse(number, CultureInfo.InvariantCulture, out var value) ? value : 0;
            yield return Judge(kib >= LeastKib, "256 GB or more", string.Create(CultureInfo.InvariantCulture, $"{kib / 1024 / 1024} GiB"), "add memory", otherwise: CheckOutcome.Warn);
        }
    }
}

using System.Globalization;
using Slipway.Core.Spec;

namespace Slipway.Core.Doctor.Checks;

/// <summary>Huge pages that were asked for at boot, or that the profile's client lives on.</summary>
internal sealed class HugepagesCheck : NodeCheck
{
    private const string Huge = "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages";

    private const string Gigantic = "/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages";

    public override string Id => "memory.hugepages";

    public override string Why => "Firedancer does not start without its huge pages, and Agave's AF_XDP falls back to small ones";

    public override IEnumerable<string> Files(NodeSubject subject) => [Huge, Gigantic];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var wanted = Wanted(subject.Intent.KernelArguments);
        foreach (var (size, path) in ((string, string)[])[("2M", Huge), ("1G", Gigantic)])
        {
            var content = subject.File(path);
            var least = wanted.GetValueOrDefault(size);
            if (content.Text is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out var pages))
            {
                yield return least > 0 ? Judge(pages >= least, $"{least}", $"{pages}", "the boot argument did not arrive, or memory was too short or too scattered for it: look at /proc/cmdline and reboot", size)
                    : subject.Node.Client == ValidatorClient.Firedancer || (subject.Node.Client == ValidatorClient.AgaveXdp && size == "2M")
                        ? Judge(pages > 0, "some", $"{pages}", "bake hugepagesz= and hugepages= into the image's kernel arguments", size, CheckOutcome.Warn)
                        : Pass("any number", $"{pages}", size);
            }
            else
            {
                yield return Unread(path, content, () => Judge(least == 0, least > 0 ? $"{least}" : "any number", "the CPU or kernel has no pages of this size", "take the argument out, or another machine", size), size);
            }
        }
    }

    /// <summary>Pages by size. <c>hugepages=</c> counts pages of the <c>hugepagesz=</c> before it, else of the default size.</summary>
    private static Dictionary<string, long> Wanted(IReadOnlyList<string> arguments)
    {
        var wanted = new Dictionary<string, long>(StringComparer.Ordinal);
        var size = arguments.LastOrDefault(argument => argument.StartsWith("default_hugepagesz=", StringComparison.Ordinal))?.Split('=')[1] ?? "2M";
        foreach (var argument in arguments)
        {
            if (argument.StartsWith("hugepagesz=", StringComparison.Ordinal))
            {
                size = argument.Split('=')[1];
            }
            else if (argument.StartsWith("hugepages=", StringComparison.Ordinal) && long.TryParse(argument.Split('=')[1], CultureInfo.InvariantCulture, out var pages))
            {
                wanted[size.ToUpperInvariant()] = pages;
            }
        }

        return wanted;
    }
}

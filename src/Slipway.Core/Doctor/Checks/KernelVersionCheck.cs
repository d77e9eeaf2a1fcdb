namespace Slipway.Core.Doctor.Checks;

/// <summary>A kernel with what XDP and its tools need.</summary>
internal sealed class KernelVersionCheck : NodeCheck
{
    private const string Release = "/proc/sys/kernel/osrelease";

    /// <summary>Multi-buffer XDP (frags) came with Linux 5.18, the netdev family that tells a driver's XDP features with 6.3.</summary>
    private static readonly Version Least = new(5, 18);

    private static readonly Version Wanted = new(6, 3);

    public override string Id => "kernel.version";

    public override string Why => "XDP at jumbo MTU needs 5.18, and 6.3 to ask a driver what it can do";

    public override IEnumerable<string> Files(NodeSubject subject) => [Release];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        const string expected = "6.3 or newer";
        const string fix = "upgrade Talos: every version from 1.10 has a newer kernel";
        if (subject.File(Release) is not { Text: { } release })
        {
            yield return Unread(Release, subject.File(Release), () => Fail(expected, "no kernel release", fix));
        }
        else
        {
            var number = new string([.. release.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')]).Trim('.');
            yield return !Version.TryParse(number, out var version) ? Warn(expected, release, "not a release that Slipway understands")
                : version < Least ? Fail(expected, release, fix)
                : Judge(version >= Wanted, expected, release, fix, otherwise: CheckOutcome.Warn);
        }
    }
}

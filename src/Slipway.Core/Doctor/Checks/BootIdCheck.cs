namespace Slipway.Core.Doctor.Checks;

/// <summary>Which boot this is.</summary>
internal sealed class BootIdCheck : NodeCheck
{
    public override string Id => "boot.id";

    public override string Why => "another boot id than last time is a reboot that somebody or something asked for";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        yield return subject.Seen.BootId is { Length: > 0 } id
            ? Pass("a boot id", id)
            : NotApplicable("the node does not tell it: before Talos 1.14 only administrators see it");
    }
}

namespace Slipway.Core.Doctor.Checks;

/// <summary>A Talos that Slipway speaks, and of the line that configs are written for.</summary>
internal sealed class TalosVersionCheck : NodeCheck
{
    public override string Id => "talos.version";

    public override string Why => "a config is written in the dialect of one Talos line, and a node refuses kinds that it does not know";

    public override CheckMoments Moments => CheckMoments.Always;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var blank = subject.Moment == CheckMoments.BlankMachine;
        if (subject.Seen.Talos is not { } version)
        {
            yield return NotApplicable("the node does not tell its version");
        }
        else if (version.Major != 1 || version.Minor is < 10 or > 14)
        {
            yield return Fail("1.10 to 1.14", version.ToString(), "boot the machine from an image of such a version");
        }
        else if (subject.WantedTalos is not { } wanted)
        {
            yield return Pass("1.10 to 1.14", version.ToString());
        }
        else if (subject.Moment == CheckMoments.BeforeChange)
        {
            // The run itself upgrades an installed node.
            yield return Pass(wanted.ToString(), version.ToString());
        }
        else if (version.Line != wanted.Line)
        {
            var fix = blank ? "boot the machine from an image of the spec's version, or change talos.version" : "'slipway up' upgrades it; or change talos.version";
            yield return blank && version < wanted ? Fail(wanted.Line, version.ToString(), fix) : Warn(wanted.Line, version.ToString(), fix);
        }
        else
        {
            // A run installs the version of the spec; only a node that is looked at for its own sake is late with it.
            yield return Judge(version == wanted || blank, wanted.ToString(), version.ToString(), "'slipway up' upgrades it; or change talos.version", otherwise: CheckOutcome.Warn);
        }
    }
}

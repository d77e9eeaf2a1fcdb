namespace Slipway.Core.Doctor.Checks;

/// <summary>The saved machine config is the one that the spec gives.</summary>
internal sealed class ConfigCheck : NodeCheck
{
    public override string Id => "node.config";

    public override string Why => "what is judged below is judged against the spec, and a node that never got it cannot follow it";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        yield return subject.ConfigChanges switch
        {
            null when subject.Spec is null => NotApplicable("there is no spec to compare with"),
            null => NotApplicable("our role may not read the node's machine config"),
            0 => Pass("as the spec gives it", "the same"),
            var changes => Warn("as the spec gives it", $"{changes} {(changes == 1 ? "setting differs" : "settings differ")}", "'slipway plan' shows them, 'slipway up' applies them"),
        };
    }
}

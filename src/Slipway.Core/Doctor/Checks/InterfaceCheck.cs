namespace Slipway.Core.Doctor.Checks;

/// <summary>The link that the spec names is there.</summary>
internal sealed class InterfaceCheck : NodeCheck
{
    public override string Id => "link.there";

    public override string Why => "a config for a link that is not there can cut the node off";

    public override CheckMoments Moments => CheckMoments.Always;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        yield return subject.Node.Interface is not { } wanted ? NotApplicable("the spec names no interface for this node")
            : subject.Seen.Links.Count == 0 ? NotApplicable("the node tells no links")
            : Judge(subject.Seen.Links.Any(link => link.Name == wanted.Name), wanted.Name, string.Join(", ", subject.Seen.Links.Select(link => link.Name)), "correct interface.name");
    }
}

using Slipway.Core.Planning;

namespace Slipway.Core.Doctor.Checks;

/// <summary>Talos' own word on the node.</summary>
internal sealed class StageCheck : NodeCheck
{
    public override string Id => "node.ready";

    public override string Why => "Talos itself says here what it still waits for";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var seen = subject.Seen;
        var got = seen.Unmet.Count > 0
            ? $"{seen.Stage.ToString().ToLowerInvariant()}, waits for {string.Join(", ", seen.Unmet.Select(unmet => $"{unmet.Name} ({unmet.Reason})"))}"
            : $"{seen.Stage.ToString().ToLowerInvariant()}{(seen.Ready ? ", ready" : "")}";
        yield return Judge(seen is { Stage: NodeStage.Running, Ready: true }, "running, ready", got, $"look at 'talosctl -n {subject.Node.Address} dmesg' and at the services below");
    }
}

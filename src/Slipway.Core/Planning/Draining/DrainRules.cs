namespace Slipway.Core.Planning.Draining;

/// <summary>Which pods have to leave a node before it reboots, and which must not be made to (kubectl: pkg/drain/filters.go).</summary>
public static class DrainRules
{
    /// <summary>Those that can run elsewhere. Pods of DaemonSets and static pods belong to the node and go down with it.</summary>
    public static IReadOnlyList<NodePod> Leaving(IEnumerable<NodePod> pods) => [.. pods.Where(pod => !pod.IsMirror && (pod.Owner != "DaemonSet" || pod.IsFinished))];

    /// <summary>Why a pod of <see cref="Leaving"/> is not evicted without the operator's word, and the option that is that word; null when it may be.</summary>
    public static DrainRefusal? Refusal(NodePod pod, DrainOptions options) =>
        pod.IsFinished ? null
        : pod.Owner is null && !options.Force ? new DrainRefusal(pod, "no controller makes it again", "--force-drain")
        : pod.HasEmptyDir && !options.DeleteEmptyDirData ? new DrainRefusal(pod, "it keeps data in an emptyDir, which goes with it", "--delete-emptydir-data")
        : null;
}

/// <param name="Why">As a half sentence about the pod.</param>
/// <param name="Option">Of <c>slipway up</c>.</param>
public sealed record DrainRefusal(NodePod Pod, string Why, string Option);

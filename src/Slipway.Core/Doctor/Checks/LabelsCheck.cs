namespace Slipway.Core.Doctor.Checks;

/// <summary>The node bears its labels in Kubernetes.</summary>
internal sealed class LabelsCheck : NodeCheck
{
    public override string Id => "kubernetes.label";

    public override string Why => "pods and policies for validators find their nodes by label: without it Cilium's policies do not guard the node";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Intent.Labels.Count == 0 || subject.Detail.KubernetesLabels is not { } live)
        {
            yield return NotApplicable(subject.Intent.Labels.Count == 0 ? "the machine config has no labels" : "the node knows of no Node object of its own");
            yield break;
        }

        foreach (var (key, value) in subject.Intent.Labels)
        {
            var there = live.TryGetValue(key, out var got);
            yield return Judge(there && got == value, value.Length == 0 ? "there" : value, there ? got! : "not there",
                $"Talos sets it again by itself: look at 'talosctl logs controller-runtime', and for whoever took it away in Kubernetes' audit log ('kubectl label node {subject.Node.Name} {key}={value}' sets it now)", key);
        }
    }
}

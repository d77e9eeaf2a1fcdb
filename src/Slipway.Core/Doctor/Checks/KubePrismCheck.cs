using System.Globalization;

namespace Slipway.Core.Doctor.Checks;

/// <summary>KubePrism leads to the Kubernetes API.</summary>
internal sealed class KubePrismCheck : NodeCheck
{
    public override string Id => "kubernetes.kubeprism";

    public override string Why => "Cilium's agent and kubelet reach the Kubernetes API through it: without it they are cut off with the first control plane that fails";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Intent.KubePrismPort is not { } port)
        {
            yield return NotApplicable("the machine config has it off");
            yield break;
        }

        var wanted = string.Create(CultureInfo.InvariantCulture, $"healthy, on port {port}");
        yield return subject.Detail.KubePrism is { } seen
            ? Judge(
                seen.Healthy && seen.Host.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port}"), StringComparison.Ordinal), wanted, $"{(seen.Healthy ? "healthy" : "not healthy")}, on {seen.Host}",
                "no API server behind it answers: look at the control planes' kube-apiserver, and at the way to them")
            : Fail(wanted, "it does not run", "look at 'talosctl logs controller-runtime' for KubePrism's controllers");
    }
}

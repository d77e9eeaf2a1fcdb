namespace Slipway.Core.MachineConfig.Validation;

/// <summary>
/// A control plane's config of 1.14 without KubeProxyConfig: the lookup falls back to v1alpha1, where "nothing said" means on
/// (pkg/machinery/config/container/container.go, K8sProxyConfig). Whoever deleted the document meant the contrary.
/// </summary>
internal sealed class KubeProxyRule : IConfigRule
{
    public void Check(ValidationContext context)
    {
        var documented = context.Documents.Any(document => document.Kind == "KubeProxyConfig");
        // Where other control-plane components have their documents, this one was taken away and not forgotten.
        var moved = context.Documents.Any(document => document.Kind is "KubeAPIServerConfig" or "KubeControllerManagerConfig");
        if (context.IsControlPlane && moved && !documented && context.Find("cluster.proxy") is null)
        {
            context.Warning(context.Legacy, "cluster.proxy", "without the document KubeProxyConfig kube-proxy is on", "KubeProxyConfig with enabled: false", "deleting the document does not switch it off");
        }
    }
}

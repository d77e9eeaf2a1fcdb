namespace Slipway.Core.MachineConfig.Validation;

/// <summary>One such document on a worker makes Talos refuse the whole config (pkg/machinery/config/container/validate.go).</summary>
internal sealed class ControlPlaneOnlyRule : IConfigRule
{
    /// <summary>The kinds with the marker ControlplaneOnlyDocument.</summary>
    private static readonly HashSet<string> s_kinds = new(StringComparer.Ordinal)
    {
        "KubeAPIServerConfig", "KubeAdmissionControlConfig", "KubeAggregatorCAConfig", "KubeAuditPolicyConfig", "KubeAuthenticationConfig",
        "KubeAuthorizerConfig", "KubeControllerManagerConfig", "KubeCoreDNSConfig", "KubeEtcdEncryptionConfig", "KubeFlannelCNIConfig",
        "KubeProxyConfig", "KubeSchedulerConfig", "KubeServiceAccountConfig", "KubeTalosAPIAccessConfig",
    };

    public void Check(ValidationContext context)
    {
        if (context.IsControlPlane)
        {
            return;
        }

        foreach (var document in context.Documents.Where(document => s_kinds.Contains(document.Kind)))
        {
            context.Error(document.Root, "kind", $"{document.Label} is for control planes only; machine.type here is {context.MachineType ?? "not set"}", hint: "keep it in a patch for control planes");
        }
    }
}

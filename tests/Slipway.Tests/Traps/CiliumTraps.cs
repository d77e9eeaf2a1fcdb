using Slipway.Core.Cilium;
using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Spec;
using Slipway.Tests.Cilium;
using Slipway.Tests.MachineConfig.Rendering;

namespace Slipway.Tests.Traps;

public sealed class CiliumTraps
{
    [Theory, Trap(25)]
    [InlineData("1.13.9")]
    [InlineData("1.14.0")]
    public void Trap_25_Cilium_gets_the_values_that_Talos_demands_and_an_untested_pair_is_warned_of(string talos)
    {
        var values = CiliumValues.For(Clusters.Usual);
        var capabilities = values["securityContext"]!["capabilities"]!["ciliumAgent"]!.AsArray().Select(item => item!.GetValue<string>());
        Assert.DoesNotContain("SYS_MODULE", capabilities);
        Assert.False((bool)values["cgroup"]!["autoMount"]!["enabled"]!);
        Assert.Equal("/sys/fs/cgroup", (string?)values["cgroup"]!["hostRoot"]);
        Assert.Equal(("localhost", "7445"), ((string?)values["k8sServiceHost"], values["k8sServicePort"]!.ToString()));

        var ebpf = new Rendered(NodeRenderer.Render(Rendered.Request(talos, NodeRole.Worker, spec: spec => spec with { Cilium = spec.Cilium with { Masquerade = MasqueradeProfile.Ebpf } })));
        Assert.Equal("false", ebpf["ResolverConfig", "hostDNS.forwardKubeDNSToHost"] ?? ebpf["v1alpha1", "machine.features.hostDNS.forwardKubeDNSToHost"]);
        Assert.Equal("7445", ebpf["KubePrismConfig", "port"] ?? ebpf["v1alpha1", "machine.features.kubePrism.port"]);

        var pair = SpecReader.Read("cluster.yaml", $"""
            name: prod
            endpoint: https://10.0.0.10:6443
            talos:
              version: v{talos}
            kubernetes:
              version: v1.33.1
            cilium:
              version: 1.16.19
            nodes:
              - name: cp1
                address: 10.0.0.11
                role: controlplane
                install:
                  serial: S1
            """);
        Assert.Contains(pair.Findings, finding => finding.Severity == Severity.Warning && finding.Message.Contains("Cilium 1.16 was not tested upstream on Kubernetes 1.33", StringComparison.Ordinal));
    }
}

using System.Globalization;
using System.Text;

namespace Slipway.Benchmarks.Rendering;

/// <summary>The spec of a fleet as an operator of validators would have it: interfaces, labels, taints, a patch for all.</summary>
internal static class FleetYaml
{
    private const int ControlPlanes = 3;

    public static string Write(int nodes, int mapCount)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            name: fleet
            endpoint: https://172.16.0.1:6443
            talos: {version: v1.13.9}
            kubernetes: {version: v1.34.1}
            network:
              podCIDRs: [10.240.0.0/12]
              serviceCIDRs: [10.96.0.0/12]
              operatorCIDRs: [192.0.2.0/24]
              mtu: 9000
            secrets: secrets.yaml
            cilium:
              version: v1.16.19
              chart: {standIn: true}
            patches:
              all:
              - machine:
                  sysctls:
                    net.core.rmem_max: "134217728"
                    net.core.wmem_max: "134217728"
                    vm.max_map_count: "{{mapCount}}"
            nodes:

            """);
        for (var index = 0; index < nodes; index++)
        {
            var uuid = new Guid(index + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
            var role = index < ControlPlanes ? "controlplane" : "worker";
            var labels = index < ControlPlanes ? "" : "  labels: {solana.com/role: validator}\n  taints: {solana.com/validator: \"true:NoSchedule\"}\n";
            text.Append(CultureInfo.InvariantCulture, $$"""
                - name: n{{index}}
                  address: 172.16.{{1 + (index / 250)}}.{{1 + (index % 250)}}
                  role: {{role}}
                  identity: {uuid: {{uuid}}, serial: "S{{index:D6}}"}
                  install: {serial: "D{{index:D6}}"}
                {{labels}}
                """);
        }

        return text.ToString();
    }
}

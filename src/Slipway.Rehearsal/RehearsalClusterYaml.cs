using System.Globalization;
using System.Text;
using Slipway.Core.Spec;

namespace Slipway.Rehearsal;

/// <summary>Writes the cluster.yaml of a rehearsal.</summary>
internal static class RehearsalClusterYaml
{
    public static string Write(RehearsalOptions options, Uri endpoint, IReadOnlyList<RehearsedMachine> nodes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            name: {{options.ClusterName}}
            endpoint: {{endpoint.GetLeftPart(UriPartial.Authority)}}
            talos:
              version: {{options.Talos}}
            kubernetes:
              version: {{options.Kubernetes}}
            network:
              podCIDRs: [{{PodRange(nodes.Count)}}]
              serviceCIDRs: [10.96.0.0/12]
              operatorCIDRs: [127.0.0.0/8]
              mtu: 9000
            secrets: secrets.yaml
            cilium:
              version: v1.16.19
              chart: {standIn: true}

            """);
        if (options.Filter)
        {
            text.Append(CultureInfo.InvariantCulture, $"xdp: {{mode: observe}}\nprofiles:\n  agave: {{installer: \"{FilterInstaller}:{options.Talos}\"}}\n");
        }

        text.Append("nodes:\n");
        foreach (var node in nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                - name: {{node.Name}}
                  address: {{node.Address}}
                  role: {{(node.Role == NodeRole.ControlPlane ? "controlplane" : "worker")}}
                  identity: {uuid: {{node.Uuid}}, serial: {{node.Serial}}, mac: "{{node.Mac}}"}
                  install: {serial: {{node.DiskSerial}}}
                  interface: {name: {{node.LinkName}}}

                """);
            if (node.Talos != options.Talos)
            {
                text.Append(CultureInfo.InvariantCulture, $"  talos: {{version: {node.Talos}{(options.Filter && node.Role == NodeRole.Worker ? $", installer: \"{FilterInstaller}:{node.Talos}\"" : "")}}}\n");
            }

            if (node.Role == NodeRole.Worker)
            {
                text.Append("  profile: agave\n");
            }

            if (node.MaintenanceFingerprint is { } fingerprint)
            {
                text.Append(CultureInfo.InvariantCulture, $"  maintenanceFingerprint: \"{fingerprint}\"\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Every reference can be pulled by a rehearsed node; this one is told to hold the extension.</summary>
    private const string FilterInstaller = "registry.example/installer-slipway-xdp";

    /// <summary>Talos' default as long as it has a /24 for each node; else one around it that ends where 10.0.0.0/8 does.</summary>
    private static string PodRange(int nodes) => nodes <= 256 ? NetworkSpec.DefaultPodCidr : "10.240.0.0/12";
}

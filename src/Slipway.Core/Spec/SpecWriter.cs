using System.Globalization;
using System.Net;
using Slipway.Core.Spec.Drafting;
using Slipway.Core.Spec.Formats;
using Slipway.Core.Yaml;

namespace Slipway.Core.Spec;

/// <summary>
/// Writes the commented cluster.yaml that an operator starts from. Everything in it that the nodes said is checked first:
/// what <see cref="SpecReader"/> would refuse is left out, with a comment.
/// </summary>
public static class SpecWriter
{
    /// <summary>A YAML text that <see cref="SpecReader"/> reads without errors when the draft has an odd number of control planes.</summary>
    public static string Write(SpecDraft draft)
    {
        var lines = new DraftLines();
        lines.Comment(0, "Drafted by 'slipway init' from what the nodes said. Read it through, then: slipway plan -f cluster.yaml");
        lines.Comment(0, "For completion in an editor: slipway schema > cluster.schema.json, and tell the editor's YAML support to use it.");
        lines.Blank();
        lines.Explain(0, "name");
        lines.Text(0, "name", draft.Name);
        lines.Blank();
        WriteEndpoint(lines, draft);
        lines.Blank();
        lines.Append(0, "talos:");
        lines.Explain(2, "talos", "version");
        lines.Text(2, "version", draft.Talos.ToString());
        lines.Explain(2, "talos", "installer");
        lines.Comment(2, $"installer: {Versions.TalosRelease.DefaultInstaller(draft.Talos)}");
        lines.Append(0, "kubernetes:");
        lines.Explain(2, "kubernetes", "version");
        lines.Text(2, "version", draft.Kubernetes.ToString());
        lines.Blank();
        WriteNetwork(lines, draft);
        lines.Blank();
        lines.Explain(0, "secrets");
        lines.Append(0, "secrets: secrets.yaml");
        lines.Blank();
        lines.Explain(0, "nodes");
        lines.Append(0, "nodes:");
        var profiles = DraftProfiles.Of(draft.Nodes);
        DraftNodes.Write(lines, draft.Nodes, profiles);
        DraftProfiles.Write(lines, profiles);
        lines.Blank();
        WritePlatform(lines);
        return lines.ToString();
    }

    private static void WriteEndpoint(DraftLines lines, SpecDraft draft)
    {
        lines.Explain(0, "endpoint");
        var controlPlanes = draft.Nodes.Where(node => node.Role == NodeRole.ControlPlane).ToList();
        if (draft.Endpoint is { } endpoint)
        {
            lines.Text(0, "endpoint", endpoint);
            return;
        }

        if (controlPlanes.Count > 1)
        {
            lines.Comment(0, "This is one control plane alone: put a virtual IP, a DNS name or a load balancer here.");
        }

        var host = controlPlanes.Count > 0 ? controlPlanes[0].Address : "127.0.0.1";
        lines.Text(0, "endpoint", $"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:6443");
    }

    private static void WriteNetwork(DraftLines lines, SpecDraft draft)
    {
        var (pods, services) = DraftRanges.For(draft.Nodes.SelectMany(NetworksOf), draft.Nodes.Count);
        lines.Explain(0, "network");
        lines.Append(0, "network:");
        lines.Explain(2, "network", "podCIDRs");
        lines.Append(2, $"podCIDRs: [{pods}]");
        lines.Explain(2, "network", "serviceCIDRs");
        lines.Append(2, $"serviceCIDRs: [{services}]");
        lines.Explain(2, "network", "operatorCIDRs");
        lines.Append(2, $"operatorCIDRs: [{string.Join(", ", draft.OperatorCidrs.Select(YamlScalars.Write))}]");
        lines.Explain(2, "network", "mtu");
        var seen = draft.Nodes.Select(node => MainLink.Choose(node.Observation.Links, node.Address)?.Mtu).OfType<int>().Distinct().Order().ToList();
        if (seen.Count > 0)
        {
            lines.Comment(2, $"The nodes' links have {string.Join(", ", seen.Select(mtu => mtu.ToString(CultureInfo.InvariantCulture)))} now.");
        }

        lines.Append(2, "mtu: 9000");
    }

    private static IEnumerable<Cidr> NetworksOf(DraftNode node)
    {
        if (IpText.TryParse(node.Address, out var address) && !IPAddress.IsLoopback(address))
        {
            yield return new Cidr(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
        }

        foreach (var text in node.Observation.Links.SelectMany(link => link.Addresses))
        {
            if (Cidr.TryParse(text, out var own) && own.Prefix > 0 && !IPAddress.IsLoopback(own.Address))
            {
                yield return own;
            }
        }
    }

    private static void WritePlatform(DraftLines lines)
    {
        lines.Explain(0, "cilium");
        lines.Append(0, "cilium:");
        lines.Text(2, "version", CiliumSpec.DefaultVersion.ToString()[1..]);
        lines.Explain(2, "cilium", "masquerade");
        lines.Append(2, "masquerade: none");
        lines.Explain(2, "cilium", "acceleration");
        lines.Append(2, "acceleration: disabled");
        lines.Blank();
        lines.Explain(0, "policies");
        lines.Append(0, "policies:");
        lines.Append(2, "enabled: true");
        lines.Explain(2, "policies", "audit");
        lines.Append(2, "audit: true");
        lines.Blank();
        lines.Append(0, "xdp:");
        lines.Explain(2, "xdp", "mode");
        lines.Append(2, "mode: off");
    }
}

using Slipway.Core.Layouts;
using Slipway.Core.MachineConfig.Generation;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>What talos-patches can ask and put in of a node's profile: CPUs, NIC, /sys, the XDP agent.</summary>
internal static class LayoutFacts
{
    public static IEnumerable<(string Condition, string Value)> Conditions(RenderRequest request)
    {
        var (profile, layout) = (request.Node.Layout, NodeLayout.Of(request.Node));
        var nic = request.Node.Interface is null ? null : profile?.Nic;
        yield return ("cpus", layout.ReservedCpus is null ? "shared" : "divided");
        yield return ("cores", profile?.Cpus is { WholeCores: true } ? "whole" : "any");
        yield return ("sysfs", layout.Sysfs.Count > 0 ? "some" : "none");
        yield return ("rings", Set(nic is { RxRing: not null } or { TxRing: not null }));
        yield return ("channels", Set(nic is { Queues: not null }));
        yield return ("features", Set(nic is { Features.Count: > 0 }));
        yield return ("jit", Set(profile?.BpfJitHarden is not null));
        yield return ("agent", AgentConfigJson.IsWanted(request.Spec, request.Node) ? "on" : "off");
    }

    public static IEnumerable<(string Name, YamlNode Value)> Values(RenderRequest request)
    {
        var (profile, layout) = (request.Node.Layout, NodeLayout.Of(request.Node));
        yield return ("sysfs", Tree.Map(layout.Sysfs));
        if (layout is { ReservedCpus: { } reserved, TopologyPolicy: { } topology })
        {
            yield return ("reserved-cpus", Tree.Text(reserved.ToString()));
            yield return ("topology-policy", Tree.Text(topology));
        }

        if (profile?.Nic is { } nic)
        {
            yield return ("rings", Tree.Map(("rx", Number(nic.RxRing)), ("tx", Number(nic.TxRing))));
            yield return ("channels", Tree.Map(("combined", Number(nic.Queues))));
            yield return ("features", Tree.Map(nic.Features
                .OrderBy(feature => feature.Key, StringComparer.Ordinal)
                .Select(feature => (feature.Key, (YamlNode?)(feature.Value ? Tree.True : Tree.False)))));
        }

        if (profile?.BpfJitHarden is { } level)
        {
            yield return ("jit-harden", Tree.Text(Number(level)!.Value!));
        }

        if (AgentConfigJson.IsWanted(request.Spec, request.Node))
        {
            yield return ("agent-config", Tree.Block(AgentConfigJson.Of(request.Spec, request.Node)));
        }
    }

    private static string Set(bool isSet) => isSet ? "set" : "unset";

    private static YamlScalarNode? Number(int? value) => value is { } number ? Tree.Number(number) : null;
}

using Slipway.Kernel.Tests.Machine;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>Configurations that several tests begin with.</summary>
internal static class Wishes
{
    /// <summary>The node's end of the wire, by a slot policy, with a port that the two streams of <see cref="GuardedTraffic"/> go to.</summary>
    public static string Guard(string slot = "own", string mode = "enforce", string more = "", string interfaces = VethPair.NodeLink) => $$"""
        "mode": "{{mode}}", "interfaces": [{"name": "{{interfaces}}", "slot": "{{slot}}"}],
        "ports": [{"ports": "{{GuardedTraffic.Port}}/udp", "role": "guarded"}],
        "operators": ["{{GuardedTraffic.Operator}}"], "banned": ["{{GuardedTraffic.Banned}}"], "learnPorts": false{{more}}
        """;
}

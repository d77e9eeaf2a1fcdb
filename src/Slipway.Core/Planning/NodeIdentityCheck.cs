using Slipway.Core.Spec;

namespace Slipway.Core.Planning;

/// <summary>Is the machine at a node's address the one that the spec names? Nothing is sent to one that is not.</summary>
public static class NodeIdentityCheck
{
    /// <summary>Every mark that does not match; empty when the node may be acted upon. Marks the node does not tell are no match.</summary>
    public static IReadOnlyList<IdentityMismatch> Mismatches(NodeSpec spec, NodeObservation observed)
    {
        if (observed.Mode == NodeMode.Unreachable)
        {
            return [];
        }

        var found = new List<IdentityMismatch>();
        Compare(found, "UUID", spec.Identity.Uuid, observed.Uuid);
        Compare(found, "serial number", spec.Identity.Serial, observed.Serial);
        if (spec.Identity.Mac is { } mac && !observed.Macs.Contains(mac, StringComparer.OrdinalIgnoreCase))
        {
            found.Add(new IdentityMismatch("MAC", mac, observed.Macs.Count > 0 ? string.Join(", ", observed.Macs) : "nothing"));
        }

        if (observed.Mode == NodeMode.Configured && observed.MachineType is { } type && type != TalosName(spec.Role))
        {
            found.Add(new IdentityMismatch("role", TalosName(spec.Role), type));
        }

        return found;
    }

    /// <summary>machine.type as Talos writes it.</summary>
    public static string TalosName(NodeRole role) => role == NodeRole.ControlPlane ? "controlplane" : "worker";

    private static void Compare(List<IdentityMismatch> found, string mark, string? expected, string? actual)
    {
        if (expected is not null && !string.Equals(expected, actual, StringComparison.OrdinalIgnoreCase))
        {
            found.Add(new IdentityMismatch(mark, expected, actual ?? "nothing"));
        }
    }
}

/// <param name="Mark">UUID, serial number, MAC or role.</param>
public sealed record IdentityMismatch(string Mark, string Expected, string Found);

using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>Which ways to attach are tried on an interface, in order. Whether one works is known when it was tried: drivers say little.</summary>
public static class AttachPlanner
{
    public static IReadOnlyList<AttachAttempt> Plan(SlotPolicy policy, Nic nic, SlotOwner owner)
    {
        ArgumentNullException.ThrowIfNull(nic);
        ArgumentNullException.ThrowIfNull(owner);
        return policy switch
        {
            SlotPolicy.Off => [],
            SlotPolicy.Tcx => [new(AttachPlace.Tcx, ProgramVariant.Tcx, "the configuration leaves the XDP slot to others")],
            _ when owner.Kind is not (SlotOwnerKind.Nobody or SlotOwnerKind.Slipway) =>
                [new(AttachPlace.Tcx, ProgramVariant.Tcx, $"the XDP slot belongs to {owner}, and there is one slot")],
            _ => [.. Slot(nic)],
        };
    }

    private static IEnumerable<AttachAttempt> Slot(Nic nic)
    {
        if (nic.Features is not { } features || features.HasFlag(XdpFeatures.Basic))
        {
            yield return new(AttachPlace.Driver, ProgramVariant.Frags, $"it works at any MTU; this one is {nic.Mtu}");
            yield return new(AttachPlace.Driver, ProgramVariant.Plain, $"the driver {Driver(nic)} may know no frames in several buffers");
        }

        yield return new(AttachPlace.Tcx, ProgramVariant.Tcx, $"the driver {Driver(nic)} runs no XDP program at MTU {nic.Mtu}");
        yield return new(AttachPlace.Generic, ProgramVariant.Frags, "the kernel has no tcx chain");
    }

    private static string Driver(Nic nic) => nic.Driver.Length > 0 ? nic.Driver : $"of {nic.Name}";
}

using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>Which ways to attach are tried on an interface, in order. Whether one works is known when it was tried: drivers say little.</summary>
public static class AttachPlanner
{
    /// <param name="owner">Who has the slot now.</param>
    /// <param name="before">Who had it when it was last seen taken by somebody else; null when it never was.</param>
    public static IReadOnlyList<AttachAttempt> Plan(SlotPolicy policy, Nic nic, SlotOwner owner, SlotOwner? before = null)
    {
        ArgumentNullException.ThrowIfNull(nic);
        ArgumentNullException.ThrowIfNull(owner);
        return policy switch
        {
            SlotPolicy.Off => [],
            SlotPolicy.Follow => [Chain("the XDP slot is left free for an owner to follow")],
            SlotPolicy.Tcx => [Chain("the configuration leaves the XDP slot to others")],
            _ when owner.Kind is not (SlotOwnerKind.Nobody or SlotOwnerKind.Slipway) => [Chain($"the XDP slot belongs to {owner}, and there is one slot")],
            // An owner that restarts must find the slot as it left it; EBUSY would keep a validator from starting.
            _ when owner.Kind == SlotOwnerKind.Nobody && before is not null => [Chain($"the XDP slot is free but left to {before}, which may come back; a new agent would take it")],
            _ => [.. Slot(nic)],
        };
    }

    private static AttachAttempt Chain(string why) => new(AttachPlace.Tcx, ProgramVariant.Tcx, why);

    private static IEnumerable<AttachAttempt> Slot(Nic nic)
    {
        if (nic.Features is not { } features || features.HasFlag(XdpFeatures.Basic))
        {
            yield return new(AttachPlace.Driver, ProgramVariant.Frags, "");
            yield return new(AttachPlace.Driver, ProgramVariant.Plain, $"the driver {Driver(nic)} may know no frames in several buffers");
        }

        yield return Chain($"the driver {Driver(nic)} runs no XDP program at MTU {nic.Mtu}");
        yield return new(AttachPlace.Generic, ProgramVariant.Frags, "the kernel has no tcx chain");
    }

    private static string Driver(Nic nic) => nic.Driver.Length > 0 ? nic.Driver : $"of {nic.Name}";
}

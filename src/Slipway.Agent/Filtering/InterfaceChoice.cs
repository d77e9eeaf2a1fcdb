using Slipway.Agent.Configuration;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Network;

namespace Slipway.Agent.Filtering;

/// <summary>Which interfaces are meant: those that are named, or all of hardware; a bond stands for its slaves, where packets come in.</summary>
internal static class InterfaceChoice
{
    public static IReadOnlyList<(Nic Nic, SlotPolicy Slot)> Of(IReadOnlyList<InterfaceConfig> wishes, IReadOnlyList<Nic> all, Action<string> problem)
    {
        if (wishes.Count == 0)
        {
            return [.. all.Where(nic => nic.Kind.Length == 0 && nic.Mac.Length > 0 && nic.Mac != "00:00:00:00:00:00").Select(nic => (nic, SlotPolicy.Own))];
        }

        var chosen = new List<(Nic, SlotPolicy)>();
        foreach (var wish in wishes)
        {
            var found = all.Where(nic => wish.Name is { } name ? nic.Name == name : IsDevice(nic, wish.Mac!)).ToList();
            if (found.Count == 0)
            {
                problem($"there is no interface {wish.Name ?? wish.Mac} (yet)");
            }

            foreach (var nic in found.SelectMany(nic => nic.Kind == "bond" ? all.Where(slave => slave.Master == nic.Index) : [nic]))
            {
                if (chosen.All(entry => entry.Item1.Index != nic.Index))
                {
                    chosen.Add((nic, wish.Slot));
                }
            }
        }

        return chosen;
    }

    /// <summary>VLANs and slaves wear the MAC of another; the device itself is the one that came with it.</summary>
    private static bool IsDevice(Nic nic, string mac) => nic.PermanentMac == mac && nic.Kind is not ("vlan" or "macvlan" or "ipvlan");
}

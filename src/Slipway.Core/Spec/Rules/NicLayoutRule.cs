using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A profile's NIC settings find their NIC, and its queues their CPUs.</summary>
internal sealed class NicLayoutRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        var profiles = root.Find("profiles")?.Entries ?? new Dictionary<string, SpecValue>();
        foreach (var node in root.ItemsOf("nodes"))
        {
            if (node.Find("profile") is { } profile
                && profiles.TryGetValue(profile.Text, out var declared)
                && declared.Find("nic") is not null
                && node.Find("interface") is null)
            {
                findings.Error(profile, $"the profile {profile.Text} sets the NIC, but the node names no interface", "interface.name beside it", "'slipway init' shows each node's links");
            }
        }

        foreach (var profile in profiles.Values)
        {
            if (profile.Find("nic", "queues") is { } queues
                && (profile.TextOf("cpus", "network") ?? profile.TextOf("cpus", "housekeeping")) is { } text
                && CpuSet.Parse(text) is var cpus
                && queues.IntegerOf() > cpus.Count)
            {
                findings.Warning(queues, $"{queues.Text} queues for {cpus.Count} network {(cpus.Count == 1 ? "CPU" : "CPUs")} ({cpus}): some CPU serves more than one", $"at most {cpus.Count}");
            }
        }
    }
}

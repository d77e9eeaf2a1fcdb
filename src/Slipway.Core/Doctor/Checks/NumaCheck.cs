using Slipway.Core.Planning;

namespace Slipway.Core.Doctor.Checks;

/// <summary>On which NUMA node the NIC sits.</summary>
internal sealed class NumaCheck : NodeCheck
{
    private const string Nodes = "/sys/devices/system/node/online";

    public override string Id => "hardware.numa";

    public override string Why => "packets that are taken on one NUMA node and used on the other cross the socket's link twice";

    public override IEnumerable<string> Files(NodeSubject subject) => subject.Nics.Select(NodeOf).Prepend(Nodes);

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.File(Nodes) is not { Text: { } nodes })
        {
            yield return Unread(Nodes, subject.File(Nodes), () => NotApplicable("the kernel tells no NUMA nodes"));
            yield break;
        }

        foreach (var nic in subject.Nics)
        {
            var at = subject.File(NodeOf(nic)).Text ?? "-1";
            var wanted = subject.Node.Layout?.Cpus?.NumaNode;
            yield return wanted is not null && at != "-1" ? Judge(at == $"{wanted}", $"node {wanted}, as the profile's CPUs", $"node {at}", "give the profile the CPUs of the NIC's node", nic.Name)
                : nodes == "0" ? Pass("any node: there is one", $"{nic.Name} on node 0", nic.Name)
                : at == "-1" ? Warn("a NUMA node", "the firmware does not say", "look for a NUMA or NPS setting in the firmware", nic.Name)
                : Pass("a NUMA node", $"{nic.Name} on node {at} of {nodes}", nic.Name);
        }
    }

    private static string NodeOf(LinkObservation nic) => $"/sys/class/net/{nic.Name}/device/numa_node";
}

using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Core.Doctor.Checks;

/// <summary>NIC, network CPUs and workload CPUs are on one NUMA node: the one that the profile names, else that of the NIC.</summary>
internal sealed class NumaCheck : NodeCheck
{
    private const string Nodes = "/sys/devices/system/node";

    private const string Online = $"{Nodes}/online";

    private const string Fix = "give the profile the CPUs of the NIC's node, or the machine a profile of its own";

    public override string Id => "hardware.numa";

    public override string Why => "packets that are taken on one NUMA node and used on the other cross the socket's link twice";

    public override CheckMoments Moments => CheckMoments.Always;

    public override IEnumerable<string> Folders(NodeSubject subject) => !Asks(subject) ? []
        : subject is { Moment: CheckMoments.BlankMachine, Node.Layout.Cpus.NumaNode: { } wanted } ? [Nodes, $"{Nodes}/node{wanted}"] : [Nodes];

    public override IEnumerable<string> Files(NodeSubject subject) => Asks(subject) ? [Online, .. subject.Nics.Select(NodeOf), .. NumbersOf(subject).Select(CpusOf)] : [];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var cpus = subject.Node.Layout?.Cpus;
        if (!Asks(subject))
        {
            yield return NotApplicable("the node's profile divides no CPUs");
            yield break;
        }

        if (cpus?.NumaNode is { } wanted)
        {
            yield return OnNode(subject, wanted, cpus);
        }

        if (subject.Moment == CheckMoments.BlankMachine)
        {
            yield return NotApplicable("on which node a NIC is, a machine in maintenance mode does not tell: it is judged right after the install", "nic");
        }
        else if (subject.File(Online) is not { Text: { } nodes })
        {
            yield return Unread(Online, subject.File(Online), () => NotApplicable("the kernel tells no NUMA nodes"));
        }
        else
        {
            foreach (var nic in subject.Nics)
            {
                yield return Near(subject, nic, nodes, cpus);
            }
        }
    }

    /// <summary>A run looks only where a profile says what there is to be judged.</summary>
    private static bool Asks(NodeSubject subject) => subject.Runs || subject.Node.Layout?.Cpus is not null;

    private CheckLine OnNode(NodeSubject subject, int wanted, CpuLayoutSpec cpus)
    {
        var (all, expected) = (cpus.Network.Union(cpus.Workload), $"CPUs {cpus.Network.Union(cpus.Workload)} on node {wanted}");
        if (subject.Folder(Nodes) is null)
        {
            return NotApplicable(subject.Moment == CheckMoments.BlankMachine ? "before Talos 1.13 a machine in maintenance mode does not tell" : $"{Nodes} cannot be listed", "cpus");
        }

        if (!NumbersOf(subject).Contains(wanted))
        {
            return Fail(expected, $"there is no node {wanted}; there are {string.Join(", ", NumbersOf(subject))}", "correct numaNode, or look for a NUMA or NPS setting in the firmware", "cpus");
        }

        return CpusOn(subject, wanted) is { } there
            ? Judge(all.Except(there).Count == 0, expected, $"node {wanted} has {there}", Fix, "cpus")
            : NotApplicable($"{CpusOf(wanted)}: {subject.File(CpusOf(wanted)).Problem ?? "not there"}", "cpus");
    }

    private CheckLine Near(NodeSubject subject, LinkObservation nic, string nodes, CpuLayoutSpec? cpus)
    {
        var at = subject.File(NodeOf(nic)).Text ?? "-1";
        if (cpus?.NumaNode is { } wanted && at != "-1")
        {
            return Judge(at == $"{wanted}", $"node {wanted}, as the profile's CPUs", $"node {at}", Fix, nic.Name);
        }

        if (nodes == "0")
        {
            return Pass("any node: there is one", $"{nic.Name} on node 0", nic.Name);
        }

        if (at == "-1")
        {
            return Warn("a NUMA node", "the firmware does not say", "look for a NUMA or NPS setting in the firmware", nic.Name);
        }

        return cpus is null || !int.TryParse(at, out var node) || CpusOn(subject, node) is not { } near
            ? Pass("a NUMA node", $"{nic.Name} on node {at} of {nodes}", nic.Name)
            // A bond may have a NIC on each node: what counts is that some of the CPUs are near.
            : Judge(cpus.Network.Except(near).Count < cpus.Network.Count, $"network CPUs {cpus.Network} on the node of {nic.Name}", $"{nic.Name} on node {at}, which has {near}", Fix, nic.Name);
    }

    private static CpuSet? CpusOn(NodeSubject subject, int node) => subject.Moment == CheckMoments.BlankMachine
        ? subject.Folder($"{Nodes}/node{node}") is { } names ? CpuSet.Named(names) : null
        : subject.File(CpusOf(node)).Text switch
        {
            // A node of memory alone.
            "" => CpuSet.Empty,
            { } text when CpuSet.TryParse(text, out var cpus) => cpus,
            _ => null,
        };

    /// <summary>The nodes that there are.</summary>
    private static IEnumerable<int> NumbersOf(NodeSubject subject) => (subject.Folder(Nodes) ?? [])
        .Select(name => name.StartsWith("node", StringComparison.Ordinal) && int.TryParse(name.AsSpan(4), out var number) ? number : -1)
        .Where(number => number >= 0).Order();

    private static string CpusOf(int node) => $"{Nodes}/node{node}/cpulist";

    private static string NodeOf(LinkObservation nic) => $"/sys/class/net/{nic.Name}/device/numa_node";
}

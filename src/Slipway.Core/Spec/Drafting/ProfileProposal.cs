using System.Globalization;

namespace Slipway.Core.Spec.Drafting;

/// <summary>
/// How the CPUs of a machine could be divided for one validator: whole cores of one NUMA node, the first for the kernel and the
/// system, the next for the NIC, the rest for the validator. Linux on x86 numbers one CPU of each core first and then their
/// siblings in the same order, so core i has the CPUs i and i + cores.
/// </summary>
/// <param name="NumaNode">Null when there is one, or none is told.</param>
/// <param name="Queues">Of the NIC; null when it does not tell how many it can have, or it is not named.</param>
internal sealed record ProfileProposal(CpuSet Housekeeping, CpuSet Network, CpuSet Workload, int? NumaNode, int? Queues)
{
    /// <summary>Below this a machine has too little to divide.</summary>
    private const int LeastCores = 4;

    /// <summary>From here on two cores each are spent on the system and on the NIC.</summary>
    private const int ManyCores = 12;

    /// <summary>Null for a machine that does not tell its CPUs, or has too few.</summary>
    public static ProfileProposal? Of(DraftNode node, string? nic)
    {
        if (node.Observation.Threads is not { } threads || node.Observation.Cores is not { } cores || (threads != cores && threads != 2 * cores))
        {
            return null;
        }

        var there = node.NumaNodes.Count > 0 ? node.NumaNodes[0] : new CpuSet(Enumerable.Range(0, threads));
        var mine = there.Cpus.Where(cpu => cpu < cores).ToList();
        if (mine.Count < LeastCores || there.Count != mine.Count * (threads / cores))
        {
            return null;
        }

        var share = mine.Count >= ManyCores ? 2 : 1;
        var network = Whole(mine.Skip(share).Take(share));
        return new ProfileProposal(
            Whole(mine.Take(share)),
            network,
            Whole(mine.Skip(2 * share)),
            node.NumaNodes.Count > 1 ? 0 : null,
            nic is not null && node.Queues.TryGetValue(nic, out var most) ? Math.Min(most, network.Count) : null);

        CpuSet Whole(IEnumerable<int> first) => new(first.SelectMany(cpu => threads == cores ? (int[])[cpu] : [cpu, cpu + cores]));
    }

    /// <summary>The keys of a profile, each line without its indentation.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "client: agave";
        yield return "cpus:";
        yield return $"  housekeeping: \"{Housekeeping}\"";
        yield return $"  network: \"{Network}\"";
        yield return $"  workload: \"{Workload}\"";
        if (NumaNode is { } node)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  numaNode: {node}");
        }

        yield return "  isolation: interrupts";
        yield return "  governor: performance";
        if (Queues is { } queues)
        {
            yield return "nic:";
            yield return string.Create(CultureInfo.InvariantCulture, $"  queues: {queues}");
        }
    }
}

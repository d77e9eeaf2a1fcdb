using Slipway.Core.Planning;

namespace Slipway.Core.Doctor.Checks;

/// <summary>Receive queues, so that more than one CPU can take packets.</summary>
internal sealed class QueuesCheck : NodeCheck
{
    public override string Id => "link.queues";

    public override string Why => "one queue is one CPU for all packets of the node, garbage included";

    public override IEnumerable<string> Folders(NodeSubject subject) => subject.Nics.Select(QueuesOf);

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Nics.Count == 0)
        {
            yield return NotApplicable("no physical link carries the node's traffic");
        }

        foreach (var nic in subject.Nics)
        {
            if (subject.Folder(QueuesOf(nic)) is not { } queues)
            {
                yield return NotApplicable($"{QueuesOf(nic)} cannot be listed", nic.Name);
                continue;
            }

            var count = queues.Count(name => name.StartsWith("rx-", StringComparison.Ordinal));
            var channels = subject.Intent.Links.GetValueOrDefault(nic.Name)?.Channels;
            if (channels is not null && (channels.TryGetValue("combined", out var wanted) || channels.TryGetValue("rx", out wanted)))
            {
                yield return Judge(count == wanted, $"{wanted}", $"{count}", "the channels of the EthernetConfig did not take: see link.ethtool", nic.Name);
            }
            else
            {
                yield return Judge(count > 1, "2 or more", $"{count}", "spread packets after XDP by RPS (a layout does it), or take a NIC with more queues", nic.Name, CheckOutcome.Warn);
            }
        }
    }

    private static string QueuesOf(LinkObservation nic) => $"/sys/class/net/{nic.Name}/queues";
}

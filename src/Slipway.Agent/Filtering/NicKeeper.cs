using Slipway.Xdp.Attaching;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Filtering;

/// <summary>
/// Brings interfaces to what is wished, whatever happened to them: they come and go, are renamed, change MTU, lose their link or
/// give their number to another. Not for several threads at once.
/// </summary>
internal sealed class NicKeeper(NodeFilter node)
{
    /// <summary>A followed slot that cannot be joined is tried again after so long, and not every few milliseconds.</summary>
    private const long RestMilliseconds = 1000;

    private readonly Dictionary<int, KeptNic> _kept = [];
    private bool _swept;

    /// <summary>Whether some interface has to be looked at more often than once a round.</summary>
    public bool Follows { get; private set; }

    public IReadOnlyList<InterfaceStatus> Keep(IReadOnlyList<(Nic Nic, SlotPolicy Slot)> wanted, IReadOnlyList<Nic> all, Action<string> problem)
    {
        Release(wanted, all, problem);
        Follows = wanted.Any(entry => entry.Slot == SlotPolicy.Follow);
        return [.. wanted.Select(entry => One(entry.Nic, entry.Slot, problem))];
    }

    /// <summary>Joins owners that came or changed their program since the last look.</summary>
    public void LookAtFollowed(Nics nics)
    {
        var now = Environment.TickCount64;
        foreach (var nic in _kept.Values.Where(nic => nic.Slot == SlotPolicy.Follow && nic.RestUntil <= now))
        {
            try
            {
                if (nics.ProgramOf(nic.Guard.Nic.Index) is { } program && !nic.Guard.IsSettled(program))
                {
                    nic.Report = nic.Guard.Attach(SlotPolicy.Follow);
                }
            }
            catch (Exception failure) when (failure is XdpException or IOException or UnauthorizedAccessException)
            {
                // The next round tries again, and tells.
                nic.RestUntil = now + RestMilliseconds;
            }
        }
    }

    public static InterfaceStatus Tell(Nic nic, SlotPolicy slot, AttachReport? report, string? failure)
    {
        var traffic = nic.Traffic;
        return new InterfaceStatus
        {
            Name = nic.Name,
            Index = nic.Index,
            Mac = nic.Mac,
            Driver = nic.Driver,
            Mtu = nic.Mtu,
            Up = nic.Up,
            Slot = slot.ToString().ToLowerInvariant(),
            Attach = report is null ? "none" : PlaceOf(report),
            Owner = OwnerOf(report?.Owner ?? SlotOwner.Of(nic)),
            Why = failure ?? report?.Why ?? "",
            RxPackets = traffic.RxPackets,
            RxBytes = traffic.RxBytes,
            TxPackets = traffic.TxPackets,
            TxBytes = traffic.TxBytes,
            RxErrors = traffic.RxErrors + traffic.RxDropped + traffic.RxMissed,
            TxErrors = traffic.TxErrors + traffic.TxDropped,
        };
    }

    /// <summary>What is not wanted any more loses the filter; so does what an earlier agent guarded.</summary>
    private void Release(IReadOnlyList<(Nic Nic, SlotPolicy Slot)> wanted, IReadOnlyList<Nic> all, Action<string> problem)
    {
        foreach (var (index, nic) in _kept.Where(entry => !wanted.Any(wish => wish.Nic.Index == entry.Key && wish.Nic.Key == entry.Value.Key)).ToList())
        {
            _kept.Remove(index);
            nic.Guard.Dispose();
            _swept = false;
        }

        if (_swept)
        {
            return;
        }

        foreach (var (nic, slot) in wanted.Where(entry => !_kept.ContainsKey(entry.Nic.Index)))
        {
            _kept[nic.Index] = new KeptNic(nic.Key, node.Guard(nic)) { Slot = slot };
        }

        try
        {
            node.ReleaseOthers(all);
            _swept = true;
        }
        catch (Exception failure) when (failure is XdpException or IOException or UnauthorizedAccessException)
        {
            problem($"taking the filter off interfaces that are not to have it: {failure.Message}");
        }
    }

    private InterfaceStatus One(Nic nic, SlotPolicy slot, Action<string> problem)
    {
        if (!_kept.TryGetValue(nic.Index, out var known))
        {
            _kept[nic.Index] = known = new KeptNic(nic.Key, node.Guard(nic));
        }

        known.Slot = slot;
        try
        {
            if (known.Report is null || !known.Guard.IsSettled(slot, nic))
            {
                known.Report = null;
                known.Report = known.Guard.Attach(slot);
            }

            return Tell(nic, slot, known.Report, null);
        }
        catch (Exception failure) when (failure is XdpException or IOException or UnauthorizedAccessException)
        {
            problem($"{nic.Name}: {failure.Message}");
            return Tell(nic, slot, null, failure.Message);
        }
    }

    private static string PlaceOf(AttachReport report) => report.Place switch
    {
        AttachPlace.Driver => report.Variant == ProgramVariant.Frags ? "driver-frags" : "driver",
        AttachPlace.Followed => "follow",
        var place => place.ToString().ToLowerInvariant(),
    };

    private static string OwnerOf(SlotOwner owner) => owner.Kind switch
    {
        SlotOwnerKind.Nobody => "",
        SlotOwnerKind.Slipway => "slipway",
        _ => owner.ToString(),
    };
}

using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Layout;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>
/// One interface with the filter before it. Maps and link are pinned, so that the filter stays when the agent goes; the next
/// agent finds them, puts its own program in the place of the old one while packets pass, and goes on with the same tables.
/// Killed anywhere, it leaves either what was before or what was to be.
/// </summary>
public sealed class GuardedNic : IDisposable
{
    private readonly FilterObject _object;
    private readonly FilterSizes _sizes;
    private readonly PinFolder _pins;
    private FilterLink? _link;

    private GuardedNic(Nic nic, FilterObject filterObject, FilterSizes sizes, PinFolder pins, XdpFilter filter, FilterLink? link, bool continued)
    {
        (Nic, _object, _sizes, _pins) = (nic, filterObject, sizes, pins);
        (Filter, _link, Continued) = (filter, link, continued);
    }

    /// <summary>As it was when it was opened.</summary>
    public Nic Nic { get; }

    /// <summary>Its tables; set them before attaching, for a new filter passes everything.</summary>
    public XdpFilter Filter { get; }

    /// <summary>The tables are those of an earlier agent, with its counters and buckets.</summary>
    public bool Continued { get; }

    /// <summary>Loads the filter for an interface; nothing is attached or swapped yet.</summary>
    /// <param name="bpffs">Where a BPF file system is mounted.</param>
    /// <exception cref="XdpException">Another agent works here, there is no bpffs, or the kernel refuses the filter.</exception>
    public static GuardedNic Open(Nic nic, FilterObject filter, FilterSizes sizes, string bpffs)
    {
        ArgumentNullException.ThrowIfNull(nic);
        ArgumentNullException.ThrowIfNull(filter);
        var pins = PinFolder.Open(bpffs, nic.Key);
        FilterLink? link = null;
        try
        {
            link = FilterLink.Open(pins.LinkPin);
            var kept = pins.Maps();
            var usable = kept.Count > 0 && Fits(kept, sizes);
            var loaded = XdpFilter.Load(filter, new LoadRequest
            {
                // The others only where this one does not fit.
                Variants = [link?.Variant() ?? ProgramVariant.Frags],
                Sizes = sizes,
                Reuse = usable ? kept : new Dictionary<string, BpfHandle>(),
            });
            foreach (var map in kept.Values)
            {
                map.Dispose();
            }

            return new GuardedNic(nic, filter, sizes, pins, loaded, link, usable);
        }
        catch
        {
            link?.Dispose();
            pins.Dispose();
            throw;
        }
    }

    /// <summary>Puts the filter before the interface, in the first place of the plan that the kernel allows, or swaps the program that is there.</summary>
    /// <exception cref="XdpException">No place was left; the message tells every attempt.</exception>
    public AttachReport Attach(SlotPolicy policy)
    {
        var nic = LookAgain();
        return Attach(AttachPlanner.Plan(policy, nic, SlotOwner.Of(nic)));
    }

    internal AttachReport Attach(IReadOnlyList<AttachAttempt> attempts)
    {
        if (attempts.Count == 0)
        {
            Detach();
            return new AttachReport(AttachPlace.None, "", SlotOwner.Of(LookAgain()), ["the configuration says off"]);
        }

        var (attempt, steps) = Swap(attempts) ?? AttachAnew(attempts);
        if (!Continued)
        {
            _pins.Keep(Filter.Maps);
        }

        _pins.Keep(_link!);
        return new AttachReport(attempt.Place, ProgramNames.Of(attempt.Variant), SlotOwner.Of(LookAgain()), steps);
    }

    /// <summary>Takes the filter away and forgets its tables.</summary>
    public void Detach()
    {
        _link?.Detach();
        _link?.Dispose();
        _link = null;
        _pins.Clear();
    }

    /// <summary>Where this interface's pins are; for whoever works beside it.</summary>
    internal string PinPath => _pins.Path;

    /// <summary>Takes the filter away and keeps its tables: another program that shares them has taken its place.</summary>
    public void StandAside()
    {
        _link?.Detach();
        _link?.Dispose();
        _link = null;
        File.Delete(_pins.LinkPin);
    }

    /// <summary>Lets go of the interface; what is attached stays attached.</summary>
    public void Dispose()
    {
        _link?.Dispose();
        Filter.Dispose();
        _pins.Dispose();
    }

    private BpfHandle ProgramOf(ProgramVariant variant)
    {
        Filter.Ensure(_object, variant, _sizes);
        return Filter.Program(variant);
    }

    /// <exception cref="XdpException">The interface is gone.</exception>
    private Nic LookAgain()
    {
        using var nics = new Nics();
        return nics.Find(Nic.Index) ?? throw new XdpException(XdpFailureReason.NoSuchNic, $"the interface {Nic.Name} is gone");
    }

    private static bool Fits(IReadOnlyDictionary<string, BpfHandle> maps, FilterSizes sizes)
    {
        var wanted = sizes.MaxEntries(PossibleCpus.Count);
        using var config = MappedMemory.Of(maps[MapNames.Config], sizeof(ulong));
        return ReadLayout(config) == ConfigLayout.Expected
            && maps.All(map => !wanted.TryGetValue(map.Key, out var entries) || Bpf.MapFactsOf(map.Value).MaxEntries == entries);
    }

    private static unsafe ulong ReadLayout(MappedMemory config) => *(ulong*)config.Pointer;

    /// <summary>Null when no link is there, or when it stands in a place that the plan does not name.</summary>
    private (AttachAttempt, IReadOnlyList<string>)? Swap(IReadOnlyList<AttachAttempt> attempts)
    {
        if (_link?.Variant() is not { } variant || attempts.FirstOrDefault(attempt => attempt.Variant == variant) is not { } attempt)
        {
            return null;
        }

        _link.Replace(ProgramOf(variant));
        return (attempt, [$"{attempt.Name}: the program of an earlier agent was swapped"]);
    }

    private (AttachAttempt, IReadOnlyList<string>) AttachAnew(IReadOnlyList<AttachAttempt> attempts)
    {
        // It stands where it should not: in the slot, say, that is to be left to others.
        _link?.Detach();
        _link?.Dispose();
        _link = null;
        var steps = new List<string>();
        foreach (var attempt in attempts)
        {
            _link = FilterLink.TryAttach(attempt, ProgramOf(attempt.Variant), Nic, out var errno);
            if (_link is not null)
            {
                steps.Add($"{attempt.Name}: attached ({attempt.Why})");
                return (attempt, steps);
            }

            steps.Add($"{attempt.Name}: {Errno.Describe(errno)}");
        }

        throw new XdpException(XdpFailureReason.SlotTaken, $"the filter cannot be attached to {Nic.Name}: {string.Join("; ", steps)}");
    }
}

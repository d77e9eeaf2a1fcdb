using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Layout;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>
/// The node's filter: one set of tables, since limits and counters are the node's, before as many interfaces as there are. Tables
/// and links are pinned, so that the filter stays when the agent goes; the next agent goes on with the same tables where layout
/// and sizes are the same. Not for several threads at once.
/// </summary>
public sealed class NodeFilter : IDisposable
{
    private readonly NodePins _pins;
    private readonly List<GuardedNic> _nics = [];
    private bool _kept;

    private NodeFilter(NodePins pins, XdpFilter filter, bool continued) => (_pins, Filter, Continued, _kept) = (pins, filter, continued, continued);

    /// <summary>Its tables; set them before attaching, for a new filter passes everything.</summary>
    public XdpFilter Filter { get; }

    /// <summary>The tables are those of an earlier agent, with its counters and buckets.</summary>
    public bool Continued { get; }

    /// <summary>Loads the filter; nothing is attached or swapped yet.</summary>
    /// <param name="folder">On bpffs, such as /sys/fs/bpf/slipway.</param>
    /// <param name="variants">What will surely be needed; the rest is loaded when it is.</param>
    /// <exception cref="XdpException">Another agent works here, there is no bpffs, or the kernel refuses the filter.</exception>
    public static NodeFilter Open(string folder, FilterObject filter, FilterSizes sizes, params IReadOnlyCollection<ProgramVariant> variants)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var pins = NodePins.Open(folder);
        try
        {
            var kept = pins.Tables.Open();
            var usable = kept.Count > 0 && Fits(kept, sizes);
            var loaded = XdpFilter.Load(filter, new LoadRequest
            {
                Variants = variants,
                Sizes = sizes,
                Reuse = usable ? kept : new Dictionary<string, BpfHandle>(),
            });
            loaded.IsLive = usable;
            foreach (var map in kept.Values)
            {
                map.Dispose();
            }

            return new NodeFilter(pins, loaded, usable);
        }
        catch
        {
            pins.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes the filter off everything that was ever attached from this folder, in whichever network namespace it is, and forgets its
    /// tables; true when there was something.
    /// </summary>
    /// <exception cref="XdpException">An agent is at work, which would attach it again.</exception>
    public static bool DetachAll(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return false;
        }

        using var pins = NodePins.Open(folder);
        var detached = pins.ReleaseAll();
        pins.Tables.Clear();
        return detached;
    }

    /// <summary>An interface to put the filter before. Dispose it when the interface is gone.</summary>
    /// <param name="nic">As it is now.</param>
    public GuardedNic Guard(Nic nic)
    {
        ArgumentNullException.ThrowIfNull(nic);
        var guarded = new GuardedNic(this, nic, _pins.Of(nic));
        _nics.Add(guarded);
        return guarded;
    }

    /// <summary>Takes the filter off interfaces that are not guarded (any more), and clears away what is left of those that are gone.</summary>
    /// <param name="present">All interfaces, as they are now.</param>
    public void ReleaseOthers(IReadOnlyList<Nic> present) => _pins.Release([.. _nics.Select(nic => nic.PinPath)], present);

    /// <summary>Takes the filter off everything, and forgets its tables.</summary>
    /// <exception cref="XdpException">The owner of a followed slot changed its link each time.</exception>
    public void Detach()
    {
        _pins.ReleaseAll();
        _pins.Tables.Clear();
        _kept = false;
    }

    /// <summary>Lets go of everything; what is attached stays attached.</summary>
    public void Dispose()
    {
        _nics.ToList().ForEach(nic => nic.Dispose());
        Filter.Dispose();
        _pins.Dispose();
    }

    /// <summary>From now on packets are judged by it, and its tables outlive us.</summary>
    internal void Begin()
    {
        Filter.IsLive = true;
        if (!_kept)
        {
            _pins.Tables.Keep(Filter.Maps);
            _kept = true;
        }
    }

    internal void Forget(GuardedNic nic) => _nics.Remove(nic);

    private static bool Fits(IReadOnlyDictionary<string, BpfHandle> maps, FilterSizes sizes)
    {
        var wanted = sizes.MaxEntries(PossibleCpus.Count);
        using var config = MappedMemory.Of(maps[MapNames.Config], sizeof(ulong));
        return ReadLayout(config) == ConfigLayout.Expected
            && maps.All(map => !wanted.TryGetValue(map.Key, out var entries) || Bpf.MapFactsOf(map.Value).MaxEntries == entries);
    }

    private static unsafe ulong ReadLayout(MappedMemory config) => *(ulong*)config.Pointer;
}

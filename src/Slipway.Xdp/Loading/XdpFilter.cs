using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Maps;

namespace Slipway.Xdp.Loading;

/// <summary>
/// The filter in the kernel: its programs, and the tables that it goes by. It judges nothing before it is attached, and passes
/// everything before <see cref="Mode"/> is set. It leaves the kernel with this object, unless links and maps are pinned.
/// Not for several threads at once, but for <see cref="Counters"/> and <see cref="Samples"/>.
/// </summary>
public sealed class XdpFilter : IDisposable
{
    private readonly FilterObject _object;
    private readonly FilterSizes _sizes;
    private readonly LoadedFilter _loaded;
    private readonly List<LoadedFilter> _later = [];
    private readonly List<LoadedFilter> _beside = [];
    private readonly ConfigMap _config;
    private readonly PortMap _ports;
    private readonly PeerMaps _peers;
    private readonly CounterMap _counters;
    private readonly EventRing _events;
    private readonly SourceMap _sources;
    private IReadOnlyList<int> _exileCpus = [];
    private uint _exileQueue;

    private XdpFilter(FilterObject source, FilterSizes sizes, LoadedFilter loaded)
    {
        (_object, _sizes, _loaded) = (source, sizes, loaded);
        _config = new ConfigMap(loaded.Maps[MapNames.Config]);
        var sources = loaded.Maps[MapNames.Sources];
        var buckets = Bpf.MapFactsOf(sources).MaxEntries / 2;
        if (!_config.IsBegun)
        {
            // Maps that were pinned by an earlier agent keep their salt: peers and buckets lie where it put them.
            _config.Begin(Randomness.Word(), Randomness.Word(), buckets);
        }

        _ports = new PortMap(loaded.Maps[MapNames.Ports]);
        _peers = new PeerMaps(_config, loaded.Maps);
        _counters = new CounterMap(loaded.Maps[MapNames.Counters]);
        _events = new EventRing(loaded.Maps[MapNames.Events]);
        _sources = new SourceMap(sources, buckets);
    }

    public FilterMode Mode
    {
        get => _config.Mode;
        set => _config.Mode = value;
    }

    /// <summary>How long after the last <see cref="Beat"/> limits and content rules stand back; zero: never. Rounded up to kernel ticks.</summary>
    public TimeSpan HeartbeatLimit
    {
        get => TimeSpan.FromSeconds((double)_config.HeartbeatTicks / KernelTicks.PerSecond);
        set => _config.HeartbeatTicks = (ulong)Math.Ceiling(value.TotalSeconds * KernelTicks.PerSecond);
    }

    /// <summary>One drop in this many is put into the ring of samples; a power of two, or 0 for none.</summary>
    public ulong SampleEvery
    {
        get => _config.Sample;
        set => _config.Sample = value == 0 || ulong.IsPow2(value)
            ? value
            : throw new XdpException(XdpFailureReason.BadValue, $"one drop in a power of two can be sampled, not one in {value}");
    }

    /// <summary>The number that came with the policy in force.</summary>
    public ulong Generation => _config.Generation;

    /// <summary>
    /// Whether packets may be judged by it, now or soon: then each change of a table waits until no packet reads the one that was
    /// left. A filter that nobody has attached yet need not wait.
    /// </summary>
    internal bool IsLive { get; set; } = true;

    /// <summary>The last judgement, for programs that were loaded to leave it.</summary>
    internal ulong Last => _config.Last;

    internal PeerHash Hash => _config.Hash;

    internal IReadOnlyDictionary<string, BpfHandle> Maps => _loaded.Maps;

    /// <summary>Loads the filter; some 30 ms a variant, nearly all of them the verifier's.</summary>
    /// <exception cref="XdpException">The kernel refused it, or the object is of another build; the message says which rule or right is missing.</exception>
    public static XdpFilter Load(FilterObject filter, IReadOnlyCollection<ProgramVariant> variants, FilterSizes sizes) =>
        Load(filter, new LoadRequest { Variants = variants, Sizes = sizes });

    internal static XdpFilter Load(FilterObject filter, LoadRequest request)
    {
        var loaded = filter.Load(request);
        try
        {
            return new XdpFilter(filter, request.Sizes, loaded);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Swaps own addresses, limits, identity and marks, all at once. Takes some milliseconds.</summary>
    public void SetPolicy(FilterPolicy policy)
    {
        (_exileCpus, _exileQueue) = (policy.ExileCpus, (uint)policy.ExileQueue);
        SetExile(_loaded);
        _later.ForEach(SetExile);
        _beside.ForEach(SetExile);
        _config.SetPolicy(policy, IsLive);
    }

    public void SetPorts(PortRoles roles) => _ports.Replace(roles);

    /// <summary>Replaces all peers at once. Takes some milliseconds, and for 100,000 peers some ten.</summary>
    /// <exception cref="XdpException">They do not fit; the table in use stays.</exception>
    public PeerTableFill SetPeers(IEnumerable<Peer> peers) => _peers.Replace(peers, IsLive);

    /// <summary>The agent's sign of life.</summary>
    public void Beat()
    {
        var errno = Bpf.TryTestRun(_loaded.Programs[ProgramNames.Beat], [], [], [], 0, 0, 0, out _, out _, out _);
        if (errno != 0)
        {
            throw XdpException.FromErrno(errno, "giving the filter a sign of life");
        }
    }

    /// <summary>What happened to packets since the maps were made.</summary>
    public IReadOnlyList<CounterCell> Counters() => _counters.Read();

    /// <summary>
    /// Part of the strangers' buckets that were charged in the second before the last <see cref="Beat"/>, 0 to 1. Near 1, sources
    /// share buckets, as they do when they are forged at random: then it is the limit of the whole class that protects.
    /// </summary>
    public double BucketPressure() => _sources.Pressure((uint)_config.Heartbeat);

    /// <summary>Sampled drops since the last call, at most so many; the rest waits.</summary>
    public IReadOnlyList<DropSample> Samples(int most) => _events.Take(most);

    internal BpfHandle Program(ProgramVariant variant) =>
        _later.Prepend(_loaded).First(loaded => loaded.Programs.ContainsKey(ProgramNames.Of(variant))).Program(variant);

    /// <summary>Loads another variant over the same tables, unless it is loaded: verifying one takes longer than all the rest.</summary>
    internal BpfHandle Ensure(ProgramVariant variant)
    {
        if (!_later.Prepend(_loaded).Any(loaded => loaded.Programs.ContainsKey(ProgramNames.Of(variant))))
        {
            _later.Add(LoadAgain(variant));
        }

        return Program(variant);
    }

    /// <summary>A program over the same tables with a successor and an exile of its own, for one interface whose slot is followed.</summary>
    internal LoadedFilter LoadBeside(ProgramVariant variant)
    {
        var another = LoadAgain(variant);
        _beside.Add(another);
        return another;
    }

    internal void Unload(LoadedFilter beside)
    {
        _beside.Remove(beside);
        beside.Dispose();
    }

    /// <summary>
    /// Judges one frame as if it had come in (BPF_PROG_TEST_RUN): counters and buckets count it. Returns XDP_* (or TC_ACT_*
    /// for <see cref="ProgramVariant.Tcx"/>).
    /// </summary>
    internal uint Judge(ProgramVariant variant, ReadOnlySpan<byte> frame)
    {
        var errno = Bpf.TryTestRun(Program(variant), frame, [], [], 1, 0, 0, out var verdict, out _, out _);
        return errno == 0 ? verdict : throw XdpException.FromErrno(errno, $"judging a frame of {frame.Length} bytes");
    }

    public void Dispose()
    {
        _events.Dispose();
        _peers.Dispose();
        _ports.Dispose();
        _config.Dispose();
        _beside.ForEach(loaded => loaded.Dispose());
        _later.ForEach(loaded => loaded.Dispose());
        _loaded.Dispose();
    }

    private LoadedFilter LoadAgain(ProgramVariant variant)
    {
        var shared = MapNames.Shared.ToDictionary(name => name, name => _loaded.Maps[name]);
        var another = _object.Load(new LoadRequest { Variants = [variant], Sizes = _sizes, Reuse = shared });
        SetExile(another);
        return another;
    }

    /// <summary>CPUs that take exiled packets get a queue and the junk program; an entry costs a kernel thread, so only those.</summary>
    private void SetExile(LoadedFilter loaded)
    {
        foreach (var variant in ProgramNames.XdpVariants.Where(variant => loaded.Programs.ContainsKey(ProgramNames.Of(variant))))
        {
            var map = loaded.Maps[ProgramNames.ExileMap(variant)];
            foreach (var cpu in _exileCpus)
            {
                ReadOnlySpan<uint> value = [_exileQueue, (uint)loaded.Programs[ProgramNames.JunkProgram(variant)].Fd];
                ReadOnlySpan<uint> key = [(uint)cpu];
                var errno = Bpf.TryUpdate(map, MemoryMarshal.AsBytes(key), MemoryMarshal.AsBytes(value));
                if (errno != 0)
                {
                    throw XdpException.FromErrno(errno, $"making CPU {cpu} a place of exile");
                }
            }
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Slipway.Rehearsal.Clusters;
using Slipway.Rehearsal.Configs;

namespace Slipway.Rehearsal.Nodes;

/// <summary>
/// One Talos machine as a state machine in virtual time: it knows nothing of gRPC or TLS. Public methods take the world's
/// lock; those that a cluster calls are called under it.
/// </summary>
internal sealed partial class RehearsedNode
{
    private readonly World _world;
    private readonly NodeEventsState _events;
    private NodeDisk _disk = new();
    private NodeConfig? _active;
    private int _boots;
    private int _draws;

    public RehearsedNode(World world, NodePlate plate)
    {
        _world = world;
        Plate = plate;
        _events = new NodeEventsState(world.Clock);
        Traits = new TalosTraits(plate.Talos);
    }

    /// <summary>Raised under the world's lock when connections to the node must die: handlers return at once.</summary>
    public event Action<RehearsedNode>? ApiChanged;

    public World World => _world;

    public NodePlate Plate { get; private set; }

    /// <summary>Of the Talos that runs now, which an upgrade changes.</summary>
    public TalosTraits Traits { get; private set; }

    public ApiPresence Api { get; private set; } = ApiPresence.Away;

    /// <summary>Counts the lives of the API: a connection belongs to one of them and dies with it.</summary>
    public int ApiGeneration { get; private set; }

    public string BootId { get; private set; } = "";

    /// <summary>The config that the node acts by; null in maintenance.</summary>
    public NodeConfig? Active => _active;

    /// <summary>The config that the next boot starts from; null when none was saved.</summary>
    public NodeConfig? Persistent { get; private set; }

    /// <summary>The disk as it is: what survives a power cut.</summary>
    public NodeDisk Disk => _disk;

    /// <summary>The disk as it was at the last boot: an image that was written since then does not run yet.</summary>
    public NodeDisk Booted { get; private set; } = new();

    public bool IsControlPlane => _active is { IsControlPlane: true };

    /// <summary>Talos makes one up of the machine's id when the config names none.</summary>
    public string Hostname => _active?.Hostname ?? $"talos-{Plate.Hardware.Uuid[^3..]}-{Plate.Hardware.Serial[^3..].ToLowerInvariant()}";

    public RehearsedCluster? Cluster { get; private set; }

    public DateTimeOffset BootedAt { get; private set; }

    /// <summary>
    /// A duration between two bounds in seconds: the same for the same node, occasion and order of events, longer on a slow
    /// node. Whole seconds, so that many nodes meet at the same instants.
    /// </summary>
    public TimeSpan Takes(int least, int most, string occasion)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Plate.Index}/{occasion}/{_draws++}"));
        var seconds = least + (BitConverter.ToUInt32(hash) % (uint)(most - least + 1));
        return TimeSpan.FromSeconds(Math.Ceiling(seconds * (_world.FaultOn(FaultKind.Slow, Plate.Name)?.Factor ?? 1)));
    }

    /// <summary>Does something later, unless the node has gone down by then.</summary>
    private void After(TimeSpan delay, Action then)
    {
        var boot = _boots;
        _world.Clock.CreateTimer(_ => RunIf(boot, then), null, delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The same for a limit, which time does not leap for.</summary>
    private ITimer AfterLimit(TimeSpan delay, Action then)
    {
        var boot = _boots;
        return _world.Clock.CreatePassiveTimer(() => RunIf(boot, then), delay);
    }

    private void RunIf(int boot, Action then)
    {
        lock (_world.Gate)
        {
            if (boot == _boots)
            {
                then();
            }
        }
    }

    private void Write(LedgerKind kind, string detail = "") => _world.Ledger.Write(Plate.Name, kind, detail);

    private void SetApi(ApiPresence api)
    {
        if (api == ApiPresence.Cluster && _active is { } config && NetworkReach.IsCutOff(config, Traits.Version, Plate.Hardware))
        {
            Write(LedgerKind.Fault, "no link with a cable has an address: the config ended DHCP on it");
            api = ApiPresence.Away;
        }

        if (Api == api)
        {
            return;
        }

        Api = api;
        BeginApiLife();
    }

    private void BeginApiLife()
    {
        ApiGeneration++;
        ApiChanged?.Invoke(this);
    }
}

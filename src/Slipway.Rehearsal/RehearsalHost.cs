using System.Net;
using Slipway.Core.Spec;
using Slipway.Rehearsal.Agents;
using Slipway.Rehearsal.Clusters;
using Slipway.Rehearsal.Hardware;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Serving;

namespace Slipway.Rehearsal;

/// <summary>
/// Talos nodes in this process, in maintenance to begin with, that speak the true protocol over true TLS on loopback
/// addresses and behave as their Talos version does; and the Kubernetes API that their control planes bring up. Needs no
/// root and no network.
/// </summary>
public sealed class RehearsalHost : IAsyncDisposable
{
    /// <summary>Beyond this, loopback blocks and a single Kestrel are not what one wants.</summary>
    private const int MostNodes = 2000;

    private readonly RehearsalOptions _options;
    private readonly LoopbackBlock _block;
    private readonly LedgerState _ledger;
    private readonly IReadOnlyList<(RehearsedNode Node, NodeCertificates Certificates)> _nodes;
    private readonly ServedKubernetes _kubernetes;
    private readonly World _world;
    private readonly FaultsState _faults;
    private TalosHost? _host;

    private RehearsalHost(RehearsalOptions options, LoopbackBlock block)
    {
        (_options, _block) = (options, block);
        _ledger = new LedgerState(options.Time, options.LedgerPath);
        _kubernetes = new ServedKubernetes(options.Time, options.Kubernetes, new IPEndPoint(block.VirtualAddress, 6443));
        Endpoint = new Uri($"https://{block.VirtualAddress}:6443");
        _faults = new FaultsState(options.Faults);
        _world = new World(options.Time, _ledger, _faults, () => _kubernetes, options.Factory, options.Installers) { Agents = options.Agent is { } agent ? new NodeAgents(agent) : null };
        _nodes =
        [
            .. Enumerable.Range(0, options.ControlPlanes + options.Workers)
                .Select(index => new RehearsedNode(_world, PlateOf(options, block, index)))
                .Select(node => (node, new NodeCertificates(node))),
        ];
        Machines = [.. _nodes.Select(pair => pair.Node)];
    }

    /// <summary>All machines, control planes first.</summary>
    public IReadOnlyList<RehearsedMachine> Nodes => [.. _nodes.Select((pair, index) => Describe(pair.Node, pair.Certificates, index))];

    /// <summary>Where the Kubernetes API of the cluster is going to be.</summary>
    public Uri Endpoint { get; }

    /// <summary>Everything that happened so far, in order.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => _ledger.Entries;

    /// <summary>Whether real agents of the filter run on the machines, not a stand-in.</summary>
    public bool RunsAgents => _world.Agents is not null;

    public VirtualClock Time => _options.Time;

    /// <summary>Why the Kubernetes API could not be served, such as an endpoint in the config whose port is taken; null as long as all is well.</summary>
    public string? KubernetesFailure => _kubernetes.Failure?.Message;

    internal IReadOnlyList<RehearsedNode> Machines { get; }

    /// <summary>Switches the machines on; they are in maintenance when this returns.</summary>
    /// <exception cref="ArgumentException">A number, version, fault or address block makes no sense; the message says which.</exception>
    /// <exception cref="IOException">No free loopback addresses, or the ledger's file cannot be written.</exception>
    public static async Task<RehearsalHost> StartAsync(RehearsalOptions options, CancellationToken cancellationToken)
    {
        Check(options);
        var block = LoopbackBlock.Claim(options.ControlPlanes + options.Workers, options.AddressBlock);
        RehearsalHost? rehearsal = null;
        try
        {
            rehearsal = new RehearsalHost(options, block);
            foreach (var node in rehearsal.Machines)
            {
                node.PowerOn();
            }

            rehearsal._host = await TalosHost.StartAsync(rehearsal._nodes, rehearsal._faults, cancellationToken);
            return rehearsal;
        }
        catch
        {
            rehearsal?._ledger.Dispose();
            block.Dispose();
            throw;
        }
    }

    /// <summary>Tells the machines that a phase of the run begins, for the faults that wait for it.</summary>
    /// <param name="phase">Its id, such as <c>etcd</c>.</param>
    public void BeginPhase(string phase)
    {
        lock (_world.Gate)
        {
            _world.BeginPhase(phase, Machines);
        }
    }

    /// <summary>A cluster.yaml that names these machines, for Slipway's own commands.</summary>
    public string ClusterYaml() => RehearsalClusterYaml.Write(_options, Endpoint, Nodes);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await _kubernetes.DisposeAsync();
        _world.Agents?.Dispose();
        _ledger.Dispose();
        _block.Dispose();
    }

    private static void Check(RehearsalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ControlPlanes < 1 || options.Workers < 0 || options.ControlPlanes + options.Workers > MostNodes)
        {
            throw new ArgumentException($"a rehearsal has 1 or more control planes and at most {MostNodes} nodes, not {options.ControlPlanes} and {options.Workers} workers");
        }

        foreach (var version in options.TalosByNode.Values.Append(options.Talos))
        {
            if (!TalosTraits.IsRehearsed(version))
            {
                throw new ArgumentException($"Talos {version} cannot be rehearsed: expected 1.10 to 1.14");
            }
        }

        var names = Enumerable.Range(0, options.ControlPlanes + options.Workers).Select(index => NameOf(options, index)).ToHashSet();
        var unknown = options.Faults.Select(fault => fault.Node).Concat(options.TalosByNode.Keys).FirstOrDefault(name => name is not null && !names.Contains(name));
        if (unknown is not null)
        {
            throw new ArgumentException($"there is no node '{unknown}' in this rehearsal: its nodes are {string.Join(", ", names.Take(20))}");
        }
    }

    private static string NameOf(RehearsalOptions options, int index) =>
        index < options.Names.Count ? options.Names[index]
        : index < options.ControlPlanes ? $"cp{index + 1}"
        : $"w{index - options.ControlPlanes + 1}";

    private static NodePlate PlateOf(RehearsalOptions options, LoopbackBlock block, int index)
    {
        var name = NameOf(options, index);
        var hardware = NodeHardware.Of(index) with { Bios = options.Bios.Contains(name) };
        if (options.Faults.Any(fault => fault.Phase is null && fault.Strikes(FaultKind.WrongUuid, name)))
        {
            hardware = hardware.Swapped();
        }

        return new NodePlate(
            name,
            index,
            index < options.ControlPlanes ? NodeRole.ControlPlane : NodeRole.Worker,
            block.Node(index),
            hardware,
            options.TalosByNode.GetValueOrDefault(name, options.Talos));
    }

    private static RehearsedMachine Describe(RehearsedNode node, NodeCertificates certificates, int index)
    {
        var label = NodeHardware.Of(index);
        return new RehearsedMachine
        {
            Name = node.Plate.Name,
            Address = node.Plate.Address,
            Role = node.Plate.Role,
            Talos = node.Plate.Talos,
            Uuid = label.Uuid,
            Serial = label.Serial,
            Mac = label.Links[0].Mac,
            LinkName = label.Links[0].Name,
            Links = [.. label.Links.Select(link => (link.Name, link.Mac, link.PciAddress))],
            DiskSerial = label.Disks[0].Serial,
            MaintenanceFingerprint = certificates.MaintenanceFingerprint(),
        };
    }
}

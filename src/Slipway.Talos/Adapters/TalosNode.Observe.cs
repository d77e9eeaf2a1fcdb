using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Versions;
using Slipway.Engine.Ports;
using Slipway.Talos.Api;
using Slipway.Talos.Connections;
using Slipway.Talos.Cosi;
using Slipway.Talos.Tls;

namespace Slipway.Talos.Adapters;

internal sealed partial class TalosNode
{
    public async Task<NodeObservation> ObserveAsync(ObservationDepth depth, CancellationToken cancellationToken)
    {
        SlipwayException? first = null;
        foreach (var maintenance in new[] { connections.LastWasMaintenance, !connections.LastWasMaintenance })
        {
            try
            {
                var seen = await CallAsync(maintenance, connection => ObserveAsync(connection, depth, cancellationToken));
                connections.LastWasMaintenance = maintenance;
                return seen;
            }
            catch (SlipwayException error) when (first is null && IsOtherMode(error, maintenance))
            {
                first = error;
            }
            catch (SlipwayException error)
            {
                return Away(Telling(first, error));
            }
        }

        return Away(first!);
    }

    /// <summary>
    /// Of the two failures, the one that says more: that the CA is not ours is half of what both ways together say, and the
    /// other half may be that the fingerprint is not the pinned one either.
    /// </summary>
    private SlipwayException Telling(SlipwayException? first, SlipwayException second) => (first is null ? null : RpcFailures.TlsReason(first), RpcFailures.TlsReason(second)) switch
    {
        (TlsFailure.NotOurCa, TlsFailure.WrongFingerprint) => Neither(first!, second),
        (TlsFailure.WrongFingerprint, TlsFailure.NotOurCa) => Neither(second, first!),
        (not null, TlsFailure.NotOurCa) => first!,
        _ => second,
    };

    private SlipwayException Neither(SlipwayException ca, SlipwayException fingerprint) => new(
        FailureReason.UntrustedPeer, $"{fingerprint.Message}; nor is it a node of this cluster: {ca.Found}", fingerprint)
    {
        Node = Spec.Name,
        Found = fingerprint.Found,
        Hint = fingerprint.Hint,
    };

    private static async Task<NodeObservation> ObserveAsync(TalosConnection connection, ObservationDepth depth, CancellationToken cancellationToken)
    {
        var facts = new NodeFacts(new ResourceState(connection));
        // First, and alone: it tells whether anybody is there to be asked for more.
        var version = await VersionAsync(connection, facts, cancellationToken);
        var status = await facts.StatusAsync(cancellationToken);
        var seen = new NodeObservation
        {
            Name = connection.Target.Name,
            Mode = connection.IsMaintenance ? NodeMode.Maintenance : NodeMode.Configured,
            Talos = version,
            Stage = status?.Stage ?? NodeStage.Unknown,
            Ready = status?.Ready ?? false,
            Unmet = status?.Unmet ?? [],
            Fingerprint = connection.Fingerprint,
        };
        return depth == ObservationDepth.Full ? await CompleteAsync(seen, connection, facts, cancellationToken) : seen;
    }

    private static async Task<NodeObservation> CompleteAsync(NodeObservation seen, TalosConnection connection, NodeFacts facts, CancellationToken cancellationToken)
    {
        var system = facts.SystemAsync(cancellationToken);
        var processors = facts.ProcessorsAsync(cancellationToken);
        var links = facts.LinksAsync(cancellationToken);
        var addresses = facts.AddressesAsync(cancellationToken);
        var disks = new HardwareApi(connection).DisksAsync(cancellationToken);
        await Task.WhenAll(system, processors, links, addresses, disks);
        seen = seen with
        {
            Uuid = (await system)?.Uuid,
            Serial = (await system)?.Serial,
            Threads = (await processors).Threads,
            Cores = (await processors).Cores,
            Macs = [.. (await links).Where(link => link.IsPhysical).Select(link => link.PermanentMac ?? link.Mac).Where(mac => mac.Length > 0).Distinct()],
            Links = [.. (await links).Where(link => link.Name != "lo").Select(link => new LinkObservation(
                link.Name,
                link.Mac,
                link.Mtu,
                link.Up,
                link.Driver,
                link.SpeedMbit,
                [.. addresses.Result.Where(address => address.Link == link.Name).Select(address => address.Address)])
            {
                IsPhysical = link.IsPhysical,
                PermanentMac = link.PermanentMac,
                BusPath = link.BusPath,
                Kind = link.Kind,
                Index = link.Index,
                ParentIndex = link.ParentIndex,
                MasterIndex = link.MasterIndex,
            })],
            Disks = await disks,
        };
        if (connection.IsMaintenance)
        {
            return seen;
        }

        var type = facts.MachineTypeAsync(cancellationToken);
        var config = facts.ConfigAsync(cancellationToken);
        var boot = new LifecycleApi(connection).BootIdAsync(cancellationToken);
        var member = facts.EtcdMemberIdAsync(cancellationToken);
        var time = facts.TimeSyncedAsync(cancellationToken);
        var install = facts.InstallFailureAsync(cancellationToken);
        var booted = new BootFacts(connection).ReadAsync(cancellationToken);
        await Task.WhenAll(type, config, boot, member, time, install, booted);
        return seen with
        {
            MachineType = await type,
            Config = await config,
            BootId = await boot,
            EtcdMemberId = await member,
            TimeSynced = await time,
            InstallFailure = await install,
            Boot = await booted,
        };
    }

    /// <summary>Up to 1.12 a node in maintenance mode serves no Version call, but its resources tell.</summary>
    private static async Task<ReleaseVersion?> VersionAsync(TalosConnection connection, NodeFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            return await new SystemApi(connection).VersionAsync(cancellationToken);
        }
        catch (SlipwayException error) when (error.Reason is FailureReason.MaintenanceMode)
        {
            return await facts.VersionAsync(cancellationToken);
        }
    }

    private NodeObservation Away(SlipwayException error) => new()
    {
        Name = Spec.Name,
        Mode = NodeMode.Unreachable,
        Failure = new NodeFailure(error.Reason, error.Hint is null ? error.Message : $"{error.Message}; {error.Hint}"),
    };
}

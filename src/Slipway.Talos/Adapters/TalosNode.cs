using System.Runtime.CompilerServices;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Talos.Api;
using Slipway.Talos.Connections;
using Slipway.Talos.Cosi;
using Slipway.Talos.Tls;

namespace Slipway.Talos.Adapters;

/// <summary>One Talos node behind the engine's port.</summary>
internal sealed partial class TalosNode(NodeSpec spec, NodeConnections connections) : ITalosNode, IDisposable
{
    public NodeSpec Spec { get; } = spec;

    public void Disconnect() => connections.Close();

    public Task<ApplyOutcome> ApplyConfigurationAsync(ApplyRequest request, CancellationToken cancellationToken) =>
        CallAsync(request.Maintenance, async connection =>
        {
            var mode = request.Mode switch
            {
                ApplyMode.NoReboot => ConfigurationMode.NoReboot,
                ApplyMode.Staged => ConfigurationMode.Staged,
                ApplyMode.Try => ConfigurationMode.Try,
                _ => ConfigurationMode.Auto,
            };
            var applied = await new ConfigurationApi(connection).ApplyAsync(request.Config, mode, request.DryRun, request.TryTimeout, cancellationToken);
            if (!request.DryRun)
            {
                // What answers next on this port has the cluster's certificates.
                connections.LastWasMaintenance = false;
            }

            return new ApplyOutcome(applied.Mode == ConfigurationMode.Reboot && !request.DryRun, applied.Warnings, applied.Details);
        });

    public Task BootstrapEtcdAsync(CancellationToken cancellationToken) => CallAsync(maintenance: false, async connection =>
    {
        try
        {
            await new EtcdApi(connection).BootstrapAsync(cancellationToken);
            return true;
        }
        catch (SlipwayException error) when (error.Reason == FailureReason.NotSupported)
        {
            // A worker says so for good, a node that has not yet been told what it is only for now.
            var type = await new NodeFacts(new ResourceState(connection)).MachineTypeAsync(cancellationToken);
            throw type == "worker"
                ? new SlipwayException(FailureReason.WrongNode, $"{connection.Target}: Bootstrap failed: the node is a worker", error)
                {
                    Node = Spec.Name,
                    Expected = "a control-plane node",
                    Found = "machine type worker",
                    Hint = "is the address that of another node?",
                }
                : new SlipwayException(FailureReason.NotYet, error.Message, error) { Node = Spec.Name, Found = error.Found, Hint = "try again later" };
        }
    });

    public Task<IReadOnlyList<EtcdMember>> EtcdMembersAsync(CancellationToken cancellationToken) =>
        CallAsync(maintenance: false, connection => new EtcdApi(connection).MembersAsync(cancellationToken));

    public Task<Sensitive> KubeconfigAsync(CancellationToken cancellationToken) =>
        CallAsync(maintenance: false, connection => new FilesApi(connection).KubeconfigAsync(cancellationToken));

    public Task RebootAsync(CancellationToken cancellationToken) =>
        CallAsync(maintenance: false, connection => new LifecycleApi(connection).RebootAsync(powerCycle: false, cancellationToken));

    public Task<PulledImage> PullAsync(string image, Action<string> progress, CancellationToken cancellationToken) =>
        CallAsync(maintenance: false, async connection =>
        {
            if (!TalosCapabilities.Of(await new SystemApi(connection).VersionAsync(cancellationToken)).HasLifecycleService)
            {
                return new PulledImage(image, DoesTheRest: true);
            }

            progress($"pulling {image}");
            return new PulledImage(await new ImagesApi(connection).PullAsync(image, (_, _, _) => { }, cancellationToken), DoesTheRest: false);
        });

    public Task<PulledImage> ImportAsync(Stream archive, CancellationToken cancellationToken) =>
        CallAsync(maintenance: false, async connection => new PulledImage(await new ImagesApi(connection).ImportAsync(archive, cancellationToken), DoesTheRest: false));

    public Task UpgradeAsync(PulledImage image, Action<string> progress, CancellationToken cancellationToken) =>
        CallAsync(maintenance: false, async connection =>
        {
            var lifecycle = new LifecycleApi(connection);
            if (image.DoesTheRest)
            {
                progress($"upgrade to {image.Reference}: the node installs, drains and reboots by itself");
                await lifecycle.LegacyUpgradeAsync(image.Reference, stage: false, force: false, cancellationToken);
            }
            else
            {
                await lifecycle.UpgradeAsync(image.Reference, line => progress(line.Trim()), cancellationToken);
            }

            return true;
        });

    public async IAsyncEnumerable<StageObservation> WatchStageAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var maintenance in new[] { connections.LastWasMaintenance, !connections.LastWasMaintenance })
        {
            var state = new ResourceState(connections.Get(maintenance));
            await using var changes = state.WatchAsync(CosiKinds.MachineStatus, CosiKinds.MachineStatus.SingletonId, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await changes.MoveNextAsync())
                    {
                        yield break;
                    }
                }
                catch (SlipwayException error) when (IsOtherMode(error, maintenance))
                {
                    break;
                }
                catch (SlipwayException error) when (error.Reason is FailureReason.Unreachable or FailureReason.TimedOut)
                {
                    yield break;
                }
                catch (ObjectDisposedException)
                {
                    // The connection was given up under us, which is an end like any other.
                    yield break;
                }

                connections.LastWasMaintenance = maintenance;
                if (changes.Current is { Kind: CosiEventKind.Created or CosiEventKind.Updated, Resource: { } resource })
                {
                    var status = MachineStatusView.Of(resource);
                    yield return new StageObservation(status.Stage, status.Ready, status.Unmet);
                }
            }
        }
    }

    public void Dispose() => connections.Dispose();

    /// <summary>True when the failure means that the node is to be spoken to the other way.</summary>
    private static bool IsOtherMode(SlipwayException error, bool maintenance) => RpcFailures.TlsReason(error) switch
    {
        TlsFailure.NotOurCa => !maintenance,
        // A configured node has another key than the pinned one, and asks for a certificate.
        TlsFailure.CertificateDemanded or TlsFailure.RefusedByPeer or TlsFailure.WrongFingerprint => maintenance,
        _ => false,
    };

    private async Task<T> CallAsync<T>(bool maintenance, Func<TalosConnection, Task<T>> call)
    {
        var connection = connections.Get(maintenance);
        try
        {
            return await call(connection);
        }
        catch (SlipwayException error) when (error.Reason == FailureReason.TimedOut)
        {
            connections.Drop(connection);
            throw;
        }
        catch (ObjectDisposedException error)
        {
            throw new SlipwayException(FailureReason.Unreachable, $"{connection.Target}: the connection was given up", error) { Node = Spec.Name };
        }
    }
}

using System.Runtime.CompilerServices;
using Slipway.Core.Doctor;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>One node of a <see cref="BusyFleet"/>. Nothing that a node answers waits for virtual time, except what a watch tells after its first word.</summary>
internal sealed class BusyNode(ITalosNode node, VirtualClock clock) : ITalosNode
{
    public NodeSpec Spec => node.Spec;

    public async Task<NodeObservation> ObserveAsync(ObservationDepth depth, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await node.ObserveAsync(depth, cancellationToken);
    }

    public void Disconnect() => node.Disconnect();

    public async Task<ApplyOutcome> ApplyConfigurationAsync(ApplyRequest request, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await node.ApplyConfigurationAsync(request, cancellationToken);
    }

    public async IAsyncEnumerable<StageObservation> WatchStageAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        await foreach (var stage in node.WatchStageAsync(cancellationToken))
        {
            // The present state has come; what comes next is the node's own doing, in virtual time.
            busy.Dispose();
            yield return stage;
        }
    }

    public async Task BootstrapEtcdAsync(CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        await node.BootstrapEtcdAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<EtcdMember>> EtcdMembersAsync(CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await node.EtcdMembersAsync(cancellationToken);
    }

    public async Task<Sensitive> KubeconfigAsync(CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await node.KubeconfigAsync(cancellationToken);
    }

    // Pull and installer take their time in the node, which is virtual: time must be free to go on.
    public Task<PulledImage> PullAsync(string image, Action<string> progress, CancellationToken cancellationToken) => node.PullAsync(image, progress, cancellationToken);

    public async Task<PulledImage> ImportAsync(Stream archive, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await node.ImportAsync(archive, cancellationToken);
    }

    public Task UpgradeAsync(PulledImage image, Action<string> progress, CancellationToken cancellationToken) => node.UpgradeAsync(image, progress, cancellationToken);

    public async Task RebootAsync(CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        await node.RebootAsync(cancellationToken);
    }

    public async Task<NodeDetail> DetailAsync(CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await node.DetailAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListFoldersAsync(IReadOnlyCollection<string> folders, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await node.ListFoldersAsync(folders, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, FileContent>> ReadFilesAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await node.ReadFilesAsync(paths, cancellationToken);
    }
}

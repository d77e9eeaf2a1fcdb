using Slipway.Core.Doctor;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;

namespace Slipway.Engine.Ports;

/// <summary>
/// One Talos node, reached at its own address. Every call has a deadline of its own and fails with a
/// <see cref="Core.Failures.SlipwayException"/> that names the node and the reason.
/// </summary>
public interface ITalosNode
{
    NodeSpec Spec { get; }

    /// <summary>Asks the node what it is. Never fails for a node that is away: that is an observation too.</summary>
    Task<NodeObservation> ObserveAsync(ObservationDepth depth, CancellationToken cancellationToken);

    /// <summary>Gives up the connections: what is asked next goes over a new one. An old one may live on where none could be made any more.</summary>
    void Disconnect();

    /// <summary>Sends a whole machine config. In maintenance mode no client certificate is used.</summary>
    Task<ApplyOutcome> ApplyConfigurationAsync(ApplyRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// MachineStatus as it changes, starting with the present one. Ends quietly when the connection does, which a reboot is.
    /// </summary>
    IAsyncEnumerable<StageObservation> WatchStageAsync(CancellationToken cancellationToken);

    /// <summary>Starts a new etcd cluster on this node. The intent lives in the node's memory only: confirm by its members.</summary>
    Task BootstrapEtcdAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<EtcdMember>> EtcdMembersAsync(CancellationToken cancellationToken);

    /// <summary>A kubeconfig with a fresh administrator certificate; control plane only.</summary>
    Task<Sensitive> KubeconfigAsync(CancellationToken cancellationToken);

    /// <summary>Gets an installer image onto the node, which disturbs nobody. Up to Talos 1.12 that is a part of the upgrade itself, and nothing is done.</summary>
    Task<PulledImage> PullAsync(string image, Action<string> progress, CancellationToken cancellationToken);

    /// <summary>Gets an installer image onto the node without any registry. Since Talos 1.13, and only where the node has its config.</summary>
    /// <param name="archive">OCI or docker archive, from its beginning. What goes wrong when it is read comes out as it is.</param>
    Task<PulledImage> ImportAsync(Stream archive, CancellationToken cancellationToken);

    /// <summary>
    /// Puts another system beside the one that runs; it takes effect at the next boot. From Talos 1.13 on nobody but the
    /// caller looks after etcd, drains and reboots; before, the node does all three.
    /// </summary>
    /// <param name="progress">A line at a time of what the installer says.</param>
    Task UpgradeAsync(PulledImage image, Action<string> progress, CancellationToken cancellationToken);

    Task RebootAsync(CancellationToken cancellationToken);

    /// <summary>What a checkup needs beyond an observation, as far as the node's mode tells it; files and folders are still empty.</summary>
    Task<NodeDetail> DetailAsync(CancellationToken cancellationToken);

    /// <summary>The names in each folder that is there; one that is not, or may not be listed, is missing. From Talos 1.13 on in maintenance mode too.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListFoldersAsync(IReadOnlyCollection<string> folders, CancellationToken cancellationToken);

    /// <summary>Every one of <paramref name="paths"/>, read or with the reason why not; needs the administrator's role.</summary>
    Task<IReadOnlyDictionary<string, FileContent>> ReadFilesAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken);
}

public enum ObservationDepth
{
    /// <summary>Mode, version and stage: cheap enough to poll.</summary>
    Stage,

    /// <summary>Everything.</summary>
    Full,
}

/// <summary>Modes of ApplyConfiguration. REBOOT, the wire's default, is refused by Talos 1.14 and not offered.</summary>
public enum ApplyMode
{
    Auto,
    NoReboot,
    Staged,
    Try,
}

/// <param name="Maintenance">True speaks to a node in maintenance mode.</param>
public sealed record ApplyRequest(Sensitive Config, ApplyMode Mode, bool Maintenance, bool DryRun = false, TimeSpan? TryTimeout = null);

/// <param name="Details">What the node says it did or, for a dry run, would do; may hold secrets.</param>
public sealed record ApplyOutcome(bool RebootsNow, IReadOnlyList<string> Warnings, Sensitive Details);

/// <param name="Reference">As the node itself calls it.</param>
/// <param name="DoesTheRest">True for a node that drains, installs and reboots by itself once it is asked to upgrade.</param>
public readonly record struct PulledImage(string Reference, bool DoesTheRest);

public sealed record StageObservation(NodeStage Stage, bool Ready, IReadOnlyList<UnmetCondition> Unmet);

/// <summary>The nodes of one cluster. Connections are made on first use and shared.</summary>
public interface ITalosFleet : IAsyncDisposable
{
    ITalosNode Node(NodeSpec node);
}

using System.Runtime.CompilerServices;
using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Engine.Ports;
using Slipway.Tests.Planning;
using Slipway.Tests.Talos.Rehearsed;

namespace Slipway.Tests.Engine;

/// <summary>
/// A node in a few lines, for what the engine must do in odd moments. The true behaviour of Talos is the rehearsal's matter.
/// </summary>
internal sealed class FakeNode(NodeSpec spec, FakeWorld world) : ITalosNode
{
    private static readonly TimeSpan InstallTime = TimeSpan.FromSeconds(90);

    private DateTimeOffset _backAt = DateTimeOffset.MinValue;

    public NodeSpec Spec { get; } = spec;

    public Sensitive? Config { get; set; }

    public int Applies { get; private set; }

    /// <summary>Of every config that was sent, those on trial too.</summary>
    public List<ApplyMode> Modes { get; } = [];

    public int Bootstraps { get; private set; }

    public bool EtcdMember { get; set; }

    /// <summary>The others' list of members still has it, whatever it says itself.</summary>
    public bool StillListed { get; set; }

    /// <summary>Bootstraps that the node accepts and forgets, as a reboot right after the call does.</summary>
    public int BootstrapsToForget { get; set; }

    /// <summary>What it booted; null for a node that does not tell, which is never upgraded.</summary>
    public BootObservation? Boot { get; set; }

    public ReleaseVersion? Talos { get; set; }

    /// <summary>Images that it was upgraded to, in their order.</summary>
    public List<string> UpgradedTo { get; } = [];

    /// <summary>Archives that were sent to it; each is called <see cref="ImportedName"/> then.</summary>
    public List<byte[]> Imported { get; } = [];

    public static readonly string ImportedName = DockerArchive.Installer("v1.13.9");

    /// <summary>While an archive is on its way to it.</summary>
    public Action? OnImport { get; set; }

    /// <summary>Connections that break while an upgrade is asked for, before anything has happened.</summary>
    public int UpgradesToLose { get; set; }

    /// <summary>True for a node that drains and reboots by itself, as Talos up to 1.12.</summary>
    public bool DoesTheRest { get; set; }

    public Dictionary<string, string> Files { get; } = [];

    public Dictionary<string, IReadOnlyList<string>> Folders { get; } = new() { ["/sys/kernel/btf"] = ["vmlinux"] };

    public IReadOnlyList<LinkObservation> Links { get; set; } = [];

    /// <summary>True for a node that boots its former image again.</summary>
    public bool FallsBack { get; set; }

    private int _boots;

    private string? _next;

    public string? Uuid { get; set; } = spec.Identity.Uuid;

    public IReadOnlyList<DiskObservation>? Disks { get; set; }

    /// <summary>Its installs fail, and it comes back as it was.</summary>
    public bool StaysBlank { get; set; }

    public bool Away => world.Time.GetUtcNow() < _backAt;

    public Task<NodeObservation> ObserveAsync(ObservationDepth depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Observe());
    }

    public void Disconnect()
    {
    }

    public Task<ApplyOutcome> ApplyConfigurationAsync(ApplyRequest request, CancellationToken cancellationToken)
    {
        Demand(!Away);
        Modes.Add(request.Mode);
        if (request.Mode == ApplyMode.Try)
        {
            return Task.FromResult(new ApplyOutcome(false, [], new Sensitive("")));
        }

        Applies++;
        _backAt = Config is null ? world.Time.GetUtcNow() + InstallTime : _backAt;
        Config = StaysBlank ? null : request.Config;
        world.OnApply?.Invoke(this);
        return Task.FromResult(new ApplyOutcome(false, [], new Sensitive("")));
    }

    public async IAsyncEnumerable<StageObservation> WatchStageAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = Observe();
        yield return new StageObservation(seen.Stage, seen.Ready, seen.Unmet);
        await Task.Delay(TimeSpan.FromSeconds(1), world.Time, cancellationToken);
    }

    public Task BootstrapEtcdAsync(CancellationToken cancellationToken)
    {
        Demand(!Away && Config is not null);
        if (EtcdMember)
        {
            throw new SlipwayException(FailureReason.AlreadyDone, "etcd data directory is not empty");
        }

        Bootstraps++;
        if (Bootstraps > BootstrapsToForget)
        {
            world.EtcdStarted(this);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<EtcdMember>> EtcdMembersAsync(CancellationToken cancellationToken)
    {
        Demand(!Away && EtcdMember);
        return Task.FromResult<IReadOnlyList<EtcdMember>>([.. world.Nodes.Values.Where(node => node.EtcdMember || node.StillListed).Select(node => new EtcdMember("1", node.Spec.Name, [], false))]);
    }

    public Task<Sensitive> KubeconfigAsync(CancellationToken cancellationToken)
    {
        Demand(!Away && EtcdMember);
        return Task.FromResult(new Sensitive(Convert.ToBase64String("kubernetes ca"u8)));
    }

    public Task<PulledImage> PullAsync(string image, Action<string> progress, CancellationToken cancellationToken)
    {
        Demand(!Away);
        return Task.FromResult(new PulledImage(image, DoesTheRest));
    }

    public async Task<PulledImage> ImportAsync(Stream archive, CancellationToken cancellationToken)
    {
        Demand(!Away);
        using var kept = new MemoryStream();
        OnImport?.Invoke();
        await archive.CopyToAsync(kept, cancellationToken);
        Imported.Add(kept.ToArray());
        return new PulledImage(ImportedName, DoesTheRest: false);
    }

    public Task UpgradeAsync(PulledImage pulled, Action<string> progress, CancellationToken cancellationToken)
    {
        UpgradesToLose--;
        Demand(!Away && UpgradesToLose < 0);
        progress("running Talos installer");
        var image = pulled.Reference;
        UpgradedTo.Add(image);
        world.OnNodeUpgrade?.Invoke(this);
        _next = FallsBack ? null : image;
        return pulled.DoesTheRest ? RebootAsync(cancellationToken) : Task.CompletedTask;
    }

    public Task RebootAsync(CancellationToken cancellationToken)
    {
        Demand(!Away);
        world.Work.Log.Add($"{Spec.Name} reboots");
        if (_next is { } image)
        {
            Talos = ReleaseVersion.Parse(image[(image.LastIndexOf(':') + 1)..]);
            Boot = Boot! with { SchematicId = NodeImage.IdIn(image), Cmdline = world.CmdlineOf(image) };
        }

        _boots++;
        _backAt = world.Time.GetUtcNow() + InstallTime;
        return Task.CompletedTask;
    }

    public Task<NodeDetail> DetailAsync(CancellationToken cancellationToken) => Task.FromResult(NodeDetail.Nothing);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListFoldersAsync(IReadOnlyCollection<string> folders, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<string>>>(Folders.Where(pair => folders.Contains(pair.Key)).ToDictionary());

    public Task<IReadOnlyDictionary<string, FileContent>> ReadFilesAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, FileContent>>(
            paths.ToDictionary(path => path, path => Files.TryGetValue(path, out var text) ? FileContent.Of(text) : FileContent.Unreadable("this node has no such files")));

    private NodeObservation Observe()
    {
        if (Away)
        {
            return new NodeObservation { Name = Spec.Name, Mode = NodeMode.Unreachable, Failure = new NodeFailure(FailureReason.Unreachable, "connection refused") };
        }

        var seen = Config is null ? Sample.Maintenance(Spec) : Sample.Configured(world.Desired, Spec) with { Config = Config, Ready = world.CiliumRuns };
        return seen with
        {
            Links = Links,
            Uuid = Uuid,
            Disks = Disks ?? seen.Disks,
            Talos = Talos ?? seen.Talos,
            Boot = Config is null ? null : Boot,
            BootId = $"boot-{_boots}",
            EtcdMemberId = EtcdMember ? "1" : null,
        };
    }

    private void Demand(bool served)
    {
        if (!served)
        {
            throw new SlipwayException(FailureReason.Unreachable, $"{Spec.Name}: connection refused") { Node = Spec.Name };
        }
    }
}

using Slipway.Core.Filter;
using Slipway.Core.Installers;
using Slipway.Core.Versions;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Files;
using Slipway.Rehearsal.Resources;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Nodes;

/// <content>Putting Talos on the disk.</content>
internal sealed partial class RehearsedNode
{
    public InstallPhase Install { get; private set; } = InstallPhase.None;

    public string? InstallError { get; private set; }

    /// <summary>From 0 to 100 while an install runs.</summary>
    public int InstallPercent { get; private set; }

    /// <summary>Up to 1.13: the install sequence owns the machine, and a reboot ends it.</summary>
    private void InstallThenReboot(NodeConfig config)
    {
        _active = config;
        ConfigChanged();
        SetStage(MachineStage.Installing);
        // 1.13 goes on answering, under the cluster's certificates; before, nothing answers until the next boot.
        SetApi(Traits.MaintenanceIsReader && config.IsControlPlane ? ApiPresence.Cluster : ApiPresence.Away);
        PublishSequence("install", SequenceEvent.Types.Action.Start);
        RunInstall(config, () =>
        {
            PublishSequence("install", SequenceEvent.Types.Action.Stop);
            BeginReboot("reboot", "after install", "");
        });
    }

    /// <summary>From 1.14: the node boots on at once and installs beside.</summary>
    private void InstallInBackground(NodeConfig config)
    {
        Install = InstallPhase.Pending;
        Changed(ResourceTypes.UnattendedInstallStatus);
        After(Takes(8, 12, "install-wait"), () => RunInstall(config, () =>
        {
            Install = config.InstallReboots ? InstallPhase.WaitingForReboot : InstallPhase.Installed;
            Changed(ResourceTypes.UnattendedInstallStatus);
            if (config.InstallReboots)
            {
                After(Takes(3, 6, "install-reboot"), () => BeginReboot("reboot", "after install", ""));
            }
        }));
    }

    private void RunInstall(NodeConfig config, Action then)
    {
        var target = InstallTargets.Find(config, Plate.Hardware) ?? Plate.Hardware.Disks[0];
        var image = config.InstallImage ?? $"ghcr.io/siderolabs/installer:{Traits.Version}";
        (Install, InstallPercent, InstallError) = (InstallPhase.Installing, 0, null);
        Write(LedgerKind.InstallStarted, image);
        Changed(ResourceTypes.UnattendedInstallStatus);
        var step = Takes(45, 90, "install") / 10;
        After(step, () => InstallStep(step, () =>
        {
            _disk = _disk with
            {
                System = target,
                Image = image,
                Talos = VersionOf(image) ?? Traits.Version,
                Arguments = ArgumentsOf(image, _active ?? config),
                Extensions = ExtensionsIn(image),
                Config = (_active ?? config).Text,
            };
            Persistent = _active;
            Write(LedgerKind.Installed, image);
            Changed(ResourceTypes.SystemDisk);
            Changed(ResourceTypes.MachineConfig);
            Install = InstallPhase.Installed;
            then();
        }));
    }

    private void InstallStep(TimeSpan step, Action done)
    {
        InstallPercent += 10;
        if (InstallPercent >= 50 && _world.FaultOn(FaultKind.DiskFull, Plate.Name) is not null)
        {
            InstallFailed();
            return;
        }

        Publish(new TaskEvent { Task = $"install {InstallPercent}%", Action = TaskEvent.Types.Action.Start });
        if (InstallPercent >= 100)
        {
            done();
        }
        else
        {
            After(step, () => InstallStep(step, done));
        }
    }

    private void InstallFailed()
    {
        InstallError = "failed to copy installer assets: no space left on device";
        Install = InstallPhase.Failed;
        Write(LedgerKind.InstallFailed, InstallError);
        Changed(ResourceTypes.UnattendedInstallStatus);
        PublishSequence("install", SequenceEvent.Types.Action.Stop, error: InstallError);
        if (!Traits.AppliesWithoutReboot)
        {
            // Nothing was saved, so the node comes back blank.
            BeginReboot("reboot", "install failed", "");
        }
    }

    /// <summary>Installer images are tagged with the Talos version that they carry.</summary>
    private static ReleaseVersion? VersionOf(string image)
    {
        var name = image.Split('@')[0];
        return ReleaseVersion.TryParse(name[(name.LastIndexOf(':') + 1)..], out var version) && TalosTraits.IsRehearsed(version) ? version : null;
    }

    /// <summary>
    /// What the boot entry says beside Talos' own arguments: GRUB's takes them from the config, unless that says that the
    /// image's count (Talos: cmd/installer/cmd/installer/install.go).
    /// </summary>
    /// <param name="config">Null for an installer that is never shown one: from 1.13 on LifecycleService goes by the image.</param>
    private IReadOnlyList<string> ArgumentsOf(string image, NodeConfig? config) =>
        Plate.Hardware.Bios && config is { Install: not null, UnattendedInstall: null, KernelArgumentsFromImage: false }
            ? config.KernelArguments
            : SchematicOf(image)?.KernelArguments ?? [];

    /// <summary>Null for an image from elsewhere than the image factory.</summary>
    private Schematic? SchematicOf(string image) => NodeImage.IdIn(image) is { } id ? _world.SchematicOf(id) : null;

    /// <summary>A factory makes an image when it is asked for one, of what it was told under that id.</summary>
    private bool CanBeHad(string image) => NodeImage.IdIn(image) is null || SchematicOf(image) is not null;

    /// <summary>Of the image that runs; null when no image factory made it.</summary>
    public (string Id, Schematic Schematic)? BootedSchematic =>
        Booted.Image is { } image && NodeImage.IdIn(image) is { } id && SchematicOf(image) is { } schematic ? (id, schematic) : null;

    /// <summary>Whether the image that runs is more than the stock one, and so may carry extensions.</summary>
    private bool HasOwnImage => Booted.Image is { } image && !image.Contains("siderolabs/installer:", StringComparison.Ordinal);

    private IReadOnlyList<string>? ExtensionsIn(string image) => SchematicOf(image) is { } schematic
        ? [.. schematic.Extensions.Select(extension => extension[(extension.IndexOf('/', StringComparison.Ordinal) + 1)..])]
        : _world.ExtensionsOf(_imported.GetValueOrDefault(image, image));

    private void StartExtensionServices()
    {
        foreach (var extension in ExtensionNames)
        {
            Service("ext-" + extension, "Running", $"Started task ext-{extension}", null);
        }

        if (ExtensionNames.Contains(FilterExtension.Name))
        {
            _world.Agents?.Start(Plate.Name, [.. Plate.Hardware.Links.Select(link => link.Name)], _active is { } config ? FilterFiles.ConfigText(config) : null);
        }
    }

    /// <summary>
    /// Extensions are in the image that runs; a stock image has none, whatever the config says of their services, and an own
    /// one of which nobody said anything those that the config speaks of.
    /// </summary>
    public IReadOnlyList<string> ExtensionNames => _world.Ails(Ailment.NoExtension, Plate.Name)
        ? []
        : Booted.Extensions is { } extensions ? extensions
        : HasOwnImage && _active is { } config
            ? [.. config.DocumentsOf("ExtensionServiceConfig").Select(document => document.TextAt("name") ?? "").Where(name => name.Length > 0)]
        : [];
}

using Google.Protobuf;
using Grpc.Core;
using Slipway.Core.Failures;
using Slipway.Talos.Connections;
using Slipway.Talos.Cosi;

namespace Slipway.Talos.Api;

/// <summary>Calls that reboot, install, upgrade or wipe a machine. None of them cordons or guards etcd's quorum unless it says so.</summary>
public sealed class LifecycleApi(TalosConnection connection)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private readonly Wire.Machine.MachineService.MachineServiceClient _machine = new(connection.Invoker);
    private readonly Wire.Machine.LifecycleService.LifecycleServiceClient _lifecycle = new(connection.Invoker);
    private readonly NodeFacts _facts = new(new ResourceState(connection));
    private readonly FilesApi _files = new(connection);

    /// <summary>New at each boot. A resource since 1.14; before that a file, for which os:admin is needed. Null without that role.</summary>
    public async Task<string?> BootIdAsync(CancellationToken cancellationToken)
    {
        if (await _facts.BootIdAsync(cancellationToken) is { } known)
        {
            return known;
        }

        try
        {
            return (await _files.ReadTextAsync(BootIdFile, cancellationToken)).Trim() is { Length: > 0 } read ? read : null;
        }
        catch (SlipwayException error) when (error.Reason is FailureReason.PermissionDenied or FailureReason.MaintenanceMode or FailureReason.NotSupported or FailureReason.NotFound)
        {
            return null;
        }
    }

    /// <summary>Neither cordons nor drains. It happened when the node is back with another boot id than the ticket's.</summary>
    public async Task<RebootTicket> RebootAsync(bool powerCycle, CancellationToken cancellationToken)
    {
        var before = await BootIdAsync(cancellationToken);
        var request = new Wire.Machine.RebootRequest
        {
            Mode = powerCycle ? Wire.Machine.RebootRequest.Types.Mode.Powercycle : Wire.Machine.RebootRequest.Types.Mode.Default,
        };
        var answer = (await _machine.RebootAsync(request, cancellationToken: cancellationToken)).Messages.Only(connection, "Reboot");
        return new RebootTicket(answer.ActorId, before);
    }

    /// <returns>The actor id of the events that follow.</returns>
    public async Task<string> ResetAsync(ResetOptions options, CancellationToken cancellationToken)
    {
        var request = new Wire.Machine.ResetRequest
        {
            Graceful = options.Graceful,
            Reboot = options.Reboot,
            SystemPartitionsToWipe = { options.Partitions.Select(label => new Wire.Machine.ResetPartitionSpec { Label = label, Wipe = true }) },
            Mode = Wire.Machine.ResetRequest.Types.WipeMode.SystemDisk,
        };
        return (await _machine.ResetAsync(request, cancellationToken: cancellationToken)).Messages.Only(connection, "Reset").ActorId;
    }

    /// <summary>Boots the system that was there before the last upgrade.</summary>
    public async Task RollbackAsync(CancellationToken cancellationToken) =>
        _ = await _machine.RollbackAsync(new Wire.Machine.RollbackRequest(), cancellationToken: cancellationToken);

    /// <summary>Up to 1.12. Checks etcd, drains, installs and reboots by itself.</summary>
    /// <param name="force">Skips the checks of etcd.</param>
    /// <returns>The actor id of the events that follow.</returns>
    public async Task<string> LegacyUpgradeAsync(string image, bool stage, bool force, CancellationToken cancellationToken)
    {
        var request = new Wire.Machine.UpgradeRequest { Image = image, Preserve = true, Stage = stage, Force = force };
        return (await _machine.UpgradeAsync(request, cancellationToken: cancellationToken)).Messages.Only(connection, "Upgrade").ActorId;
    }

    /// <summary>
    /// Since 1.13: runs the installer of an image that is already on the node (see <see cref="ImagesApi.PullAsync"/>). It does
    /// not check etcd, does not drain and does not reboot.
    /// </summary>
    /// <param name="progress">Called for each line that the installer prints.</param>
    /// <exception cref="SlipwayException">Also when the call ended well but the installer did not.</exception>
    public async Task UpgradeAsync(string image, Action<string> progress, CancellationToken cancellationToken)
    {
        using var call = _lifecycle.Upgrade(
            new Wire.Machine.LifecycleServiceUpgradeRequest { Containerd = ImagesApi.System, Source = new() { ImageName = image } }, cancellationToken: cancellationToken);
        await FollowAsync("Upgrade", call.ResponseStream, answer => answer.Progress, progress, cancellationToken);
    }

    /// <summary>Since 1.13: writes Talos to a disk of a node that runs from elsewhere.</summary>
    /// <inheritdoc cref="UpgradeAsync"/>
    public async Task InstallAsync(string image, string disk, Action<string> progress, CancellationToken cancellationToken)
    {
        var request = new Wire.Machine.LifecycleServiceInstallRequest
        {
            Containerd = ImagesApi.System,
            Source = new() { ImageName = image },
            Destination = new() { Disk = disk },
        };
        using var call = _lifecycle.Install(request, cancellationToken: cancellationToken);
        await FollowAsync("Install", call.ResponseStream, answer => answer.Progress, progress, cancellationToken);
    }

    /// <param name="key">12 to 14 are free for users (Talos: pkg/machinery/meta/constants.go).</param>
    public async Task MetaWriteAsync(uint key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) =>
        _ = await _machine.MetaWriteAsync(
            new Wire.Machine.MetaWriteRequest { Key = key, Value = ByteString.CopyFrom(value.Span) }, cancellationToken: cancellationToken);

    private async Task FollowAsync<T>(
        string call, IAsyncStreamReader<T> answers, Func<T, Wire.Machine.LifecycleServiceInstallProgress?> part, Action<string> progress, CancellationToken cancellationToken)
    {
        int? exitCode = null;
        var last = "";
        await foreach (var answer in answers.ReadAllAsync(cancellationToken))
        {
            switch (part(answer))
            {
                case { ResponseCase: Wire.Machine.LifecycleServiceInstallProgress.ResponseOneofCase.Message } line:
                    last = line.Message;
                    progress(last);
                    break;
                case { ResponseCase: Wire.Machine.LifecycleServiceInstallProgress.ResponseOneofCase.ExitCode } end:
                    exitCode = end.ExitCode;
                    break;
            }
        }

        // The call itself ends well in both cases.
        if (exitCode != 0)
        {
            var found = exitCode is { } code ? $"exit code {code}" : "no exit code";
            throw new SlipwayException(FailureReason.Rejected, $"{connection.Target}: {call} failed: the installer ended with {found}; it last said: {last}")
            {
                Node = connection.Target.Name,
                Expected = "exit code 0",
                Found = found,
            };
        }
    }
}

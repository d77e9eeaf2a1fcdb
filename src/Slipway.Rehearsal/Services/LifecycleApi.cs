using Grpc.Core;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Services;

/// <summary>
/// machine.LifecycleService (Talos 1.13): runs the installer and no more. No look at etcd, no drain, no reboot, and the call
/// ends OK whatever the installer's exit code is.
/// </summary>
internal sealed class LifecycleApi : LifecycleService.LifecycleServiceBase
{
    public override Task Install(LifecycleServiceInstallRequest request, IServerStreamWriter<LifecycleServiceInstallResponse> responseStream, ServerCallContext context) =>
        RunAsync(request.Source?.ImageName, request.Destination?.Disk ?? "", progress => responseStream.WriteAsync(new LifecycleServiceInstallResponse { Progress = progress }, context.CancellationToken), context);

    public override Task Upgrade(LifecycleServiceUpgradeRequest request, IServerStreamWriter<LifecycleServiceUpgradeResponse> responseStream, ServerCallContext context) =>
        RunAsync(request.Source?.ImageName, disk: null, progress => responseStream.WriteAsync(new LifecycleServiceUpgradeResponse { Progress = progress }, context.CancellationToken), context);

    /// <param name="disk">Where to install; null upgrades what is installed.</param>
    private static async Task RunAsync(string? image, string? disk, Func<LifecycleServiceInstallProgress, Task> tell, ServerCallContext context)
    {
        if (string.IsNullOrEmpty(image))
        {
            throw new Refusal(RefusalCode.InvalidArgument, "image name is required");
        }

        var node = NodeCall.Of(context).Node;
        using var turn = node.BeginLifecycle(image, disk);
        foreach (var line in new[] { "running Talos installer", "preparing boot assets", "installing boot loader" })
        {
            await tell(new LifecycleServiceInstallProgress { Message = line + "\n" });
            await Task.Delay(node.LifecycleStep(), node.World.Clock, context.CancellationToken);
        }

        await tell(new LifecycleServiceInstallProgress { ExitCode = node.FinishLifecycle(image, disk) });
    }
}

using Grpc.Core;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Services;

/// <content>Reboot, reset, upgrade, metadata.</content>
internal sealed partial class MachineApi
{
    public override Task<RebootResponse> Reboot(RebootRequest request, ServerCallContext context) =>
        Task.FromResult(new RebootResponse { Messages = { new Reboot { ActorId = NodeCall.Of(context).Node.Reboot() } } });

    public override Task<ShutdownResponse> Shutdown(ShutdownRequest request, ServerCallContext context) =>
        Task.FromResult(new ShutdownResponse { Messages = { new Shutdown { ActorId = NodeCall.Of(context).Node.Shutdown() } } });

    public override Task<ResetResponse> Reset(ResetRequest request, ServerCallContext context)
    {
        var labels = request.SystemPartitionsToWipe.Where(partition => partition.Wipe).Select(partition => partition.Label).ToList();
        var actor = NodeCall.Of(context).Node.Reset(request.Graceful, request.Reboot, labels);
        return Task.FromResult(new ResetResponse { Messages = { new Reset { ActorId = actor } } });
    }

    public override Task<RollbackResponse> Rollback(RollbackRequest request, ServerCallContext context)
    {
        NodeCall.Of(context).Node.Rollback();
        return Task.FromResult(new RollbackResponse { Messages = { new Rollback() } });
    }

    public override Task<UpgradeResponse> Upgrade(UpgradeRequest request, ServerCallContext context)
    {
        var actor = NodeCall.Of(context).Node.UpgradeLegacy(request.Image, request.Stage, request.Force);
        return Task.FromResult(new UpgradeResponse { Messages = { new Upgrade { Ack = "Upgrade request received", ActorId = actor } } });
    }

    public override Task<MetaWriteResponse> MetaWrite(MetaWriteRequest request, ServerCallContext context)
    {
        NodeCall.Of(context).Node.WriteMeta(request.Key, request.Value.Span);
        return Task.FromResult(new MetaWriteResponse { Messages = { new MetaWrite() } });
    }

    public override Task<MetaDeleteResponse> MetaDelete(MetaDeleteRequest request, ServerCallContext context)
    {
        NodeCall.Of(context).Node.DeleteMeta(request.Key);
        return Task.FromResult(new MetaDeleteResponse { Messages = { new MetaDelete() } });
    }
}

using Grpc.Core;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Tests.Talos.Server;

internal sealed class FakeLifecycle(FakeNode node) : LifecycleService.LifecycleServiceBase
{
    public override async Task Upgrade(
        LifecycleServiceUpgradeRequest request, IServerStreamWriter<LifecycleServiceUpgradeResponse> responseStream, ServerCallContext context)
    {
        await node.ActAsync(request, context);
        await responseStream.WriteAsync(new() { Progress = new() { Message = "writing the boot loader" } });
        await responseStream.WriteAsync(new() { Progress = new() { ExitCode = node.ExitCode } });
    }
}

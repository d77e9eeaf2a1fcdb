using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Talos.Wire.Storage;

namespace Slipway.Tests.Talos.Server;

internal sealed class FakeStorage(FakeNode node) : StorageService.StorageServiceBase
{
    public override Task<DisksResponse> Disks(Empty request, ServerCallContext context) =>
        Task.FromResult(new DisksResponse { Messages = { new Disks { Disks_ = { node.Disks } } } });
}

using Grpc.Core;
using Slipway.Talos.Wire.Cosi;

namespace Slipway.Tests.Talos.Server;

internal sealed class FakeState(FakeNode node) : State.StateBase
{
    public override Task<GetResponse> Get(GetRequest request, ServerCallContext context) =>
        node.Resources.TryGetValue((request.Type, request.Id), out var found)
            ? Task.FromResult(new GetResponse { Resource = found })
            : throw Missing(request.Type);

    public override async Task List(ListRequest request, IServerStreamWriter<ListResponse> responseStream, ServerCallContext context)
    {
        var found = node.Resources.Where(pair => pair.Key.Type == request.Type).OrderBy(pair => pair.Key.Id, StringComparer.Ordinal).ToArray();
        if (found.Length == 0)
        {
            throw Missing(request.Type);
        }

        foreach (var (_, resource) in found)
        {
            await responseStream.WriteAsync(new ListResponse { Resource = resource });
        }
    }

    public override async Task Watch(WatchRequest request, IServerStreamWriter<WatchResponse> responseStream, ServerCallContext context)
    {
        node.Note(request, context);
        await responseStream.WriteAsync(new WatchResponse());
        await responseStream.WriteAsync(new WatchResponse
        {
            Event = { new Event { EventType = EventType.Created, Resource = node.Resources[(request.Type, request.Id)] } },
        });
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }

    // A type that this version does not have looks like a lack of rights.
    private static RpcException Missing(string type) => type.StartsWith("BootIDs", StringComparison.Ordinal)
        ? new RpcException(new Status(StatusCode.PermissionDenied, "resource type is not supported"))
        : new RpcException(new Status(StatusCode.NotFound, "resource doesn't exist"));
}

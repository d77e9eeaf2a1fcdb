using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Serving;

/// <summary>
/// What every call goes through before a service sees it: routing, roles, the rules of maintenance, faults on order, and
/// the token that keeps virtual time still while it is served. Refusals become gRPC statuses here.
/// </summary>
internal sealed class CallGate(CallFaultsState faults) : Interceptor
{
    /// <summary>These wait for what happens in virtual time, so time must not wait for them.</summary>
    private static readonly string[] Waiting =
        ["/machine.MachineService/Events", "/machine.MachineService/Logs", "/machine.MachineService/Dmesg", "/cosi.resource.State/Watch",
         "/machine.LifecycleService/Install", "/machine.LifecycleService/Upgrade", "/machine.ImageService/Pull"];

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> serve)
    {
        var http = context.GetHttpContext();
        var connection = http.Features.Get<NodeConnection>() ?? throw new RpcException(new Status(StatusCode.Internal, "no node behind this connection"));
        Hold(connection, context, http);
        var (service, method) = Split(context.Method);
        try
        {
            var node = CallRouting.Target(connection, service, context.RequestHeaders);
            var roles = Admit(connection, service, method);
            new NodeCall(node, roles).AttachTo(context);
            await CutIfOrdered(FaultKind.CutBefore, connection, method);
            var answer = await serve();
            await CutIfOrdered(FaultKind.CutAfter, connection, method);
            return answer;
        }
        catch (Refusal refusal)
        {
            throw new RpcException(new Status((StatusCode)refusal.Code, refusal.Message));
        }
    }

    private static void Hold(NodeConnection connection, ServerCallContext context, HttpContext http)
    {
        if (!Waiting.Contains(context.Method))
        {
            var token = connection.Node.World.Clock.Busy();
            // Until the answer is out, not only until the handler is through.
            http.Response.OnCompleted(() =>
            {
                token.Dispose();
                return Task.CompletedTask;
            });
        }
    }

    private static IReadOnlyList<string> Admit(NodeConnection connection, string service, string method)
    {
        var traits = connection.Node.Traits;
        if (service is "machine.LifecycleService" or "machine.ImageService" && !traits.HasLifecycleService)
        {
            throw Refusal.NotServed($"unknown service {service}");
        }

        if (connection.Api == ApiPresence.Maintenance && !traits.MaintenanceIsReader)
        {
            return CallPolicy.IsServedInOldMaintenance(service, method)
                ? [CallPolicy.Reader]
                : throw Refusal.NotServed(service is "machine.MachineService" ? "API is not implemented in maintenance mode" : $"unknown service {service}");
        }

        IReadOnlyList<string> roles = connection.Api == ApiPresence.Maintenance ? [CallPolicy.Reader] : connection.Roles;
        var open = connection.Api == ApiPresence.Maintenance && CallPolicy.IsOpenInMaintenance(service, method);
        return open || CallPolicy.IsAllowed(service, method, roles) ? roles : throw Refusal.NotAuthorized();
    }

    private async Task CutIfOrdered(FaultKind kind, NodeConnection connection, string method)
    {
        var name = connection.Node.Plate.Name;
        if (faults.Strikes(kind, method, name))
        {
            connection.Node.World.Ledger.Write(name, LedgerKind.Fault, $"{(kind == FaultKind.CutBefore ? "cut before" : "cut after")} {method}");
            await connection.CutAsync();
            throw new RpcException(new Status(StatusCode.Unavailable, "connection cut"));
        }
    }

    private static (string Service, string Method) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return (path[1..slash], path[(slash + 1)..]);
    }
}

using Grpc.Core;
using Grpc.Core.Interceptors;
using Slipway.Core.Failures;
using Slipway.Talos.Tls;

namespace Slipway.Talos.Connections;

/// <summary>
/// Gives every call of a connection its deadline and its <c>node</c>, and every failure its reason. Calls are made
/// asynchronously only.
/// </summary>
internal sealed class NodeInterceptor(TalosTarget target, bool maintenance, Func<string, TimeSpan> deadlines, Func<TlsFailedException?> lateFailure) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, Prepare(context));
        return new AsyncUnaryCall<TResponse>(
            MappedAsync(call.ResponseAsync, context.Method.FullName, context.Options.CancellationToken), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(request, Prepare(context));
        var reader = new MappedReader<TResponse>(this, call.ResponseStream, context.Method.FullName, context.Options.CancellationToken);
        return new AsyncServerStreamingCall<TResponse>(reader, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(Prepare(context));
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            call.RequestStream,
            MappedAsync(call.ResponseAsync, context.Method.FullName, context.Options.CancellationToken),
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    private ClientInterceptorContext<TRequest, TResponse> Prepare<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        var headers = context.Options.Headers ?? [];
        if (target.Node is { } node)
        {
            headers.Add("node", node);
        }

        // The network runs on the machine's clock, whatever clock the run is on.
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + deadlines(context.Method.FullName);
        return new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers).WithDeadline(deadline));
    }

    private async Task<T> MappedAsync<T>(Task<T> answer, string method, CancellationToken cancellationToken)
    {
        try
        {
            return await answer;
        }
        catch (RpcException error)
        {
            // gRPC reports our own cancellation as a status like any other.
            cancellationToken.ThrowIfCancellationRequested();
            throw Map(error, method);
        }
    }

    private SlipwayException Map(RpcException error, string method) => RpcFailures.Map(error, method, target, maintenance, lateFailure());

    private sealed class MappedReader<T>(NodeInterceptor owner, IAsyncStreamReader<T> inner, string method, CancellationToken callToken) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                return await inner.MoveNext(cancellationToken);
            }
            catch (RpcException error)
            {
                cancellationToken.ThrowIfCancellationRequested();
                callToken.ThrowIfCancellationRequested();
                throw owner.Map(error, method);
            }
        }
    }
}

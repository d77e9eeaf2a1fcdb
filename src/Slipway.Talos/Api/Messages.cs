using Grpc.Core;
using Slipway.Core.Failures;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Api;

/// <summary>Helpers for the shapes that Talos' answers come in.</summary>
internal static class Messages
{
    /// <summary>Answers are lists, one message a node; we ask one node.</summary>
    internal static T Only<T>(this IReadOnlyList<T> messages, TalosConnection connection, string call) => messages.Count > 0
        ? messages[0]
        : throw new SlipwayException(FailureReason.Unknown, $"{connection.Target}: {call} came back without an answer") { Node = connection.Target.Name };

    /// <summary>The bytes of a stream of pieces.</summary>
    internal static async Task CopyToAsync(this AsyncServerStreamingCall<Wire.Common.Data> call, Stream target, CancellationToken cancellationToken)
    {
        await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            await target.WriteAsync(piece.Bytes.Memory, cancellationToken);
        }
    }
}

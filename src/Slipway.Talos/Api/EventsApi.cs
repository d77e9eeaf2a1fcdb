using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Slipway.Talos.Connections;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Talos.Api;

/// <summary>What happens on a node, as it happens.</summary>
public sealed class EventsApi(TalosConnection connection)
{
    private static readonly Dictionary<string, MessageParser> Parsers = new(StringComparer.Ordinal)
    {
        [MachineStatusEvent.Descriptor.FullName] = MachineStatusEvent.Parser,
        [SequenceEvent.Descriptor.FullName] = SequenceEvent.Parser,
        [PhaseEvent.Descriptor.FullName] = PhaseEvent.Parser,
        [TaskEvent.Descriptor.FullName] = TaskEvent.Parser,
        [ServiceStateEvent.Descriptor.FullName] = ServiceStateEvent.Parser,
        [RestartEvent.Descriptor.FullName] = RestartEvent.Parser,
        [ConfigLoadErrorEvent.Descriptor.FullName] = ConfigLoadErrorEvent.Parser,
        [ConfigValidationErrorEvent.Descriptor.FullName] = ConfigValidationErrorEvent.Parser,
        [AddressEvent.Descriptor.FullName] = AddressEvent.Parser,
    };

    private readonly MachineService.MachineServiceClient _machine = new(connection.Invoker);

    /// <summary>New events, and before them as many old ones as asked for. Kinds that Slipway does not know are left out.</summary>
    /// <param name="past">How many old ones; -1 for all that the node still has.</param>
    /// <param name="actorId">Only what one call caused, or null for all.</param>
    public async IAsyncEnumerable<NodeEvent> WatchAsync(int past, string? actorId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = _machine.Events(new EventsRequest { TailEvents = past, WithActorId = actorId ?? "" }, cancellationToken: cancellationToken);
        await foreach (var wire in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            // The first one is an empty greeting. The type's prefix is Talos' own, so only what follows the slash counts.
            if (wire.Data is { } data && Parsers.TryGetValue(data.TypeUrl[(data.TypeUrl.LastIndexOf('/') + 1)..], out var parser))
            {
                yield return new NodeEvent(wire.Id, wire.ActorId, parser.ParseFrom(data.Value));
            }
        }
    }
}

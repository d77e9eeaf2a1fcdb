using System.Runtime.CompilerServices;
using Grpc.Core;
using Slipway.Core.Failures;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Cosi;

/// <summary>What a node knows of itself, by the COSI resource API. Reading only: Talos refuses writes to everybody.</summary>
public sealed class ResourceState(TalosConnection connection)
{
    private readonly Wire.Cosi.State.StateClient _state = new(connection.Invoker);

    /// <exception cref="SlipwayException">NotFound; NotSupported when this Talos version has no such type.</exception>
    public async Task<CosiResource> GetAsync(CosiKind kind, string id, CancellationToken cancellationToken)
    {
        var answer = await _state.GetAsync(
            new Wire.Cosi.GetRequest { Namespace = kind.Namespace, Type = kind.Type, Id = id, Options = new() }, cancellationToken: cancellationToken);
        return new CosiResource(answer.Resource);
    }

    /// <summary>Null when it is not there, when this Talos version has no such type, or when our role may not see it.</summary>
    public async Task<CosiResource?> FindAsync(CosiKind kind, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(kind, id, cancellationToken);
        }
        catch (SlipwayException error) when (IsAbsence(error))
        {
            return null;
        }
    }

    public Task<CosiResource?> FindAsync(CosiKind kind, CancellationToken cancellationToken) =>
        FindAsync(kind, kind.SingletonId ?? throw new ArgumentException($"{kind.Type} is no singleton", nameof(kind)), cancellationToken);

    /// <summary>Empty as well when this Talos version has no such type, or when our role may not see it.</summary>
    public async Task<IReadOnlyList<CosiResource>> ListAsync(CosiKind kind, CancellationToken cancellationToken)
    {
        try
        {
            var found = new List<CosiResource>();
            using var call = _state.List(
                new Wire.Cosi.ListRequest { Namespace = kind.Namespace, Type = kind.Type, Options = new() }, cancellationToken: cancellationToken);
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                found.Add(new CosiResource(answer.Resource));
            }

            return found;
        }
        catch (SlipwayException error) when (IsAbsence(error))
        {
            return [];
        }
    }

    /// <summary>
    /// What is there, then every change. With an id the present state comes first by itself; without one, everything that is
    /// there comes, and then <see cref="CosiEventKind.Bootstrapped"/>.
    /// </summary>
    /// <exception cref="SlipwayException">When the connection ends.</exception>
    public async IAsyncEnumerable<CosiEvent> WatchAsync(CosiKind kind, string? id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new Wire.Cosi.WatchRequest { Namespace = kind.Namespace, Type = kind.Type, ApiVersion = 1, Options = new() };
        if (id is null)
        {
            request.Options.BootstrapContents = true;
        }
        else
        {
            request.Id = id;
        }

        using var call = _state.Watch(request, cancellationToken: cancellationToken);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            // The first answer is empty and only says that the watch stands.
            foreach (var change in answer.Event)
            {
                if (Read(change, kind) is { } read)
                {
                    yield return read;
                }
            }
        }
    }

    private static bool IsAbsence(SlipwayException error) =>
        RpcFailures.TlsReason(error) is null && error.Reason is FailureReason.NotFound or FailureReason.NotSupported or FailureReason.PermissionDenied or FailureReason.MaintenanceMode;

    private CosiEvent? Read(Wire.Cosi.Event change, CosiKind kind) => change.EventType switch
    {
        Wire.Cosi.EventType.Created => new CosiEvent(CosiEventKind.Created, new CosiResource(change.Resource)),
        Wire.Cosi.EventType.Updated => new CosiEvent(CosiEventKind.Updated, new CosiResource(change.Resource)),
        Wire.Cosi.EventType.Destroyed => new CosiEvent(CosiEventKind.Destroyed, change.Resource is null ? null : new CosiResource(change.Resource)),
        Wire.Cosi.EventType.Bootstrapped => new CosiEvent(CosiEventKind.Bootstrapped, null),
        Wire.Cosi.EventType.Errored => throw new SlipwayException(FailureReason.Unknown, $"{connection.Target}: the watch on {kind.Type} failed: {change.Error}")
        {
            Node = connection.Target.Name,
        },
        _ => null,
    };
}

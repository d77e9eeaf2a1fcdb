using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Common;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Services;

/// <content>Services, events, logs.</content>
internal sealed partial class MachineApi
{
    public override Task<ServiceListResponse> ServiceList(Google.Protobuf.WellKnownTypes.Empty request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        var list = new ServiceList();
        lock (node.World.Gate)
        {
            list.Services.AddRange(node.Services.Select(Describe));
        }

        if (node.World.Ails(Ailment.SickService, node.Plate.Name) && list.Services.FirstOrDefault(service => service.Id == "kubelet") is { } kubelet)
        {
            (kubelet.Health.Healthy, kubelet.Health.Unknown, kubelet.Health.LastMessage) = (false, false, "Get \"http://127.0.0.1:10248/healthz\": connection refused");
        }

        return Task.FromResult(new ServiceListResponse { Messages = { list } });
    }

    public override Task<ServiceRestartResponse> ServiceRestart(ServiceRestartRequest request, ServerCallContext context) => Task.FromResult(
        new ServiceRestartResponse { Messages = { new ServiceRestart { Resp = NodeCall.Of(context).Node.RestartService(request.Id) } } });

    public override Task<ServiceStartResponse> ServiceStart(ServiceStartRequest request, ServerCallContext context) => Task.FromResult(
        new ServiceStartResponse { Messages = { new ServiceStart { Resp = NodeCall.Of(context).Node.StartService(request.Id) } } });

    public override Task<ServiceStopResponse> ServiceStop(ServiceStopRequest request, ServerCallContext context) => Task.FromResult(
        new ServiceStopResponse { Messages = { new ServiceStop { Resp = NodeCall.Of(context).Node.StopService(request.Id) } } });

    /// <summary>An empty hello, then the past that was asked for, then what happens until the node goes down.</summary>
    public override async Task Events(EventsRequest request, IServerStreamWriter<Event> responseStream, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        await responseStream.WriteAsync(new Event(), context.CancellationToken);
        List<NodeEvent> past;
        Listener<NodeEvent> listener;
        lock (node.World.Gate)
        {
            past = Past(node, request);
            listener = node.Events.Listen();
        }

        try
        {
            using (node.World.Clock.Busy())
            {
                foreach (var happened in past)
                {
                    await Send(happened);
                }
            }

            await foreach (var happened in listener.ReadAllAsync(context.CancellationToken))
            {
                await Send(happened);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller has heard enough, or its connection is gone.
        }
        finally
        {
            lock (node.World.Gate)
            {
                node.Events.Leave(listener);
            }
        }

        Task Send(NodeEvent happened) => request.WithActorId.Length > 0 && happened.ActorId != request.WithActorId
            ? Task.CompletedTask
            : responseStream.WriteAsync(Wrap(happened), context.CancellationToken);
    }

    public override async Task Logs(LogsRequest request, IServerStreamWriter<Data> responseStream, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        List<string> lines;
        lock (node.World.Gate)
        {
            var service = node.Services.FirstOrDefault(service => service.Id == request.Id)
                ?? throw new Refusal(RefusalCode.NotFound, $"log \"{request.Id}\" was not registered");
            lines = [.. service.History.Select(entry => $"{entry.At:yyyy-MM-ddTHH:mm:ssZ} {request.Id}: {entry.State}: {entry.Message}\n")];
        }

        // Zero, the wire's default, is honoured as "no old lines".
        await Lines(request.TailLines < 0 ? lines : lines.TakeLast(request.TailLines), request.Follow, responseStream, context);
    }

    public override Task Dmesg(DmesgRequest request, IServerStreamWriter<Data> responseStream, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        string[] lines =
        [
            $"kern:  notice: [{node.BootedAt:yyyy-MM-ddTHH:mm:ss.fffffffZ}]: Linux version 6.12.0-talos\n",
            $"kern:    info: [{node.BootedAt:yyyy-MM-ddTHH:mm:ss.fffffffZ}]: Command line: {NodeFiles.Cmdline(node)}\n",
        ];
        return Lines(request.Tail ? [] : lines, request.Follow, responseStream, context);
    }

    public override Task<LogsContainersResponse> LogsContainers(Google.Protobuf.WellKnownTypes.Empty request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        var list = new LogsContainer();
        lock (node.World.Gate)
        {
            list.Ids.AddRange(node.Services.Select(service => service.Id));
        }

        return Task.FromResult(new LogsContainersResponse { Messages = { list } });
    }

    private static async Task Lines(IEnumerable<string> lines, bool follow, IServerStreamWriter<Data> stream, ServerCallContext context)
    {
        foreach (var line in lines)
        {
            await stream.WriteAsync(new Data { Bytes = ByteString.CopyFromUtf8(line) }, context.CancellationToken);
        }

        if (follow)
        {
            // Nothing more is ever logged; the stream stays open until the caller or the node ends it.
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (context.CancellationToken.Register(ended.SetResult))
            {
                await ended.Task;
            }
        }
    }

    private static List<NodeEvent> Past(RehearsedNode node, EventsRequest request)
    {
        IEnumerable<NodeEvent> past = node.Events.Past;
        if (request.TailId.Length > 0)
        {
            return [.. past.Where(happened => string.CompareOrdinal(happened.Id, request.TailId) > 0)];
        }

        if (request.TailSeconds > 0)
        {
            var since = node.World.Clock.GetUtcNow().AddSeconds(-request.TailSeconds);
            return [.. past.Where(happened => happened.At >= since)];
        }

        return request.TailEvents < 0 ? [.. past] : [.. past.TakeLast(request.TailEvents)];
    }

    /// <summary>The type URL has Talos' own prefix, which generic unpackers do not take.</summary>
    private static Event Wrap(NodeEvent happened) => new()
    {
        Id = happened.Id,
        ActorId = happened.ActorId,
        Data = new Any { TypeUrl = "talos/runtime/" + happened.Payload.Descriptor.FullName, Value = happened.Payload.ToByteString() },
    };

    private static ServiceInfo Describe(ServiceState service)
    {
        var info = new ServiceInfo
        {
            Id = service.Id,
            State = service.State,
            Events = new ServiceEvents(),
            Health = new ServiceHealth
            {
                Unknown = service.Healthy is null,
                Healthy = service.Healthy == true,
                LastChange = Timestamp.FromDateTimeOffset(service.ChangedAt),
            },
        };
        info.Events.Events.AddRange(service.History.Select(entry =>
            new ServiceEvent { State = entry.State, Msg = entry.Message, Ts = Timestamp.FromDateTimeOffset(entry.At) }));
        return info;
    }
}

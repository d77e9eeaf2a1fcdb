using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Resources;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Cosi;
using Metadata = Slipway.Talos.Wire.Cosi.Metadata;

namespace Slipway.Rehearsal.Services;

/// <summary>cosi.resource.State: reading only, as Talos lets nobody write.</summary>
internal sealed class StateApi : State.StateBase
{
    public override Task<GetResponse> Get(GetRequest request, ServerCallContext context)
    {
        var call = NodeCall.Of(context);
        return Task.FromResult(new GetResponse { Resource = ToWire(call.Node.Get(request.Namespace, request.Type, request.Id, call.IsAdmin)) });
    }

    public override async Task List(ListRequest request, IServerStreamWriter<ListResponse> responseStream, ServerCallContext context)
    {
        var call = NodeCall.Of(context);
        var wanted = IdFilter(request.Options?.IdQuery);
        // Rehearsed resources carry no labels, so any positive label query matches nothing.
        var labelled = request.Options?.LabelQuery.Count > 0;
        foreach (var resource in call.Node.List(request.Namespace, request.Type, call.IsAdmin).Where(resource => !labelled && wanted(resource.Body.Id)))
        {
            await responseStream.WriteAsync(new ListResponse { Resource = ToWire(resource) }, context.CancellationToken);
        }
    }

    /// <summary>The first answer is empty: the watch stands. Then what is there, if asked for, then what changes.</summary>
    public override async Task Watch(WatchRequest request, IServerStreamWriter<WatchResponse> responseStream, ServerCallContext context)
    {
        var call = NodeCall.Of(context);
        var bootstrap = request.Options?.BootstrapContents == true;
        if (request.HasId && (bootstrap || request.Options?.LabelQuery.Count > 0))
        {
            throw new Refusal(RefusalCode.InvalidArgument, "bootstrap contents and label queries are not supported for a single resource");
        }

        var wanted = request.HasId ? id => id == request.Id : IdFilter(request.Options?.IdQuery);
        var reader = call.Node.Watch(request.Namespace, request.Type, call.IsAdmin, out var present, out var stop);
        try
        {
            await responseStream.WriteAsync(new WatchResponse(), context.CancellationToken);
            await SendPresent(request, responseStream, present.Where(resource => wanted(resource.Body.Id)).ToList(), context);
            await foreach (var change in reader.ReadAllAsync(context.CancellationToken))
            {
                if (wanted(change.Resource.Body.Id))
                {
                    await responseStream.WriteAsync(Response(new Event
                    {
                        Resource = ToWire(change.Resource),
                        EventType = (EventType)change.Kind,
                        Old = change.Old is null ? null : ToWire(change.Old),
                    }), context.CancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The caller has seen enough, or its connection is gone.
        }
        finally
        {
            stop();
        }
    }

    private static async Task SendPresent(WatchRequest request, IServerStreamWriter<WatchResponse> stream, List<ResourceInstance> present, ServerCallContext context)
    {
        if (request.HasId)
        {
            var only = present.FirstOrDefault();
            var absent = new Resource { Metadata = new Metadata { Namespace = request.Namespace, Type = request.Type, Id = request.Id, Phase = "tearingDown" } };
            await stream.WriteAsync(
                Response(new Event { Resource = only is null ? absent : ToWire(only), EventType = only is null ? EventType.Destroyed : EventType.Created }),
                context.CancellationToken);
            return;
        }

        if (request.Options?.BootstrapContents == true)
        {
            foreach (var resource in present)
            {
                await stream.WriteAsync(Response(new Event { Resource = ToWire(resource), EventType = EventType.Created }), context.CancellationToken);
            }

            if (request.ApiVersion >= 1)
            {
                await stream.WriteAsync(Response(new Event { EventType = EventType.Bootstrapped }), context.CancellationToken);
            }
        }
    }

    private static WatchResponse Response(Event happened) => new() { Event = { happened } };

    private static Func<string, bool> IdFilter(IDQuery? query)
    {
        if (string.IsNullOrEmpty(query?.Regexp))
        {
            return _ => true;
        }

        try
        {
            // A caller's pattern may be anything: linear time only.
            var pattern = new Regex(query.Regexp, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern.IsMatch;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new Refusal(RefusalCode.InvalidArgument, $"bad id query: {error.Message}");
        }
    }

    private static Resource ToWire(ResourceInstance resource)
    {
        var wire = new Resource
        {
            Metadata = new Metadata
            {
                Namespace = resource.Type.Namespace,
                Type = resource.Type.Name,
                Id = resource.Body.Id,
                Version = resource.Version.ToString(CultureInfo.InvariantCulture),
                Owner = "rehearsal",
                Phase = "running",
                Created = Timestamp.FromDateTimeOffset(resource.Created),
                Updated = Timestamp.FromDateTimeOffset(resource.Updated),
            },
            Spec = new Spec { YamlSpec = resource.Body.Yaml, ProtoSpec = ByteString.CopyFrom(resource.Body.Proto ?? []) },
        };
        if (resource.Type == ResourceTypes.MachineConfig)
        {
            wire.Metadata.Annotations["talos.dev/yaml-spec"] = "true";
        }

        return wire;
    }
}

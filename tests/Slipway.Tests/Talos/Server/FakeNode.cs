using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Slipway.Talos.Cosi;
using Slipway.Talos.Tls;
using Slipway.Talos.Wire.Cosi;
using Slipway.Talos.Wire.Storage;
using Event = Slipway.Talos.Wire.Machine.Event;
using Metadata = Grpc.Core.Metadata;

namespace Slipway.Tests.Talos.Server;

/// <summary>What the fake server says; changed by tests while it runs.</summary>
internal sealed class FakeNode
{
    public required BcTlsServerOptions Tls { get; set; }

    public bool CutsConnections { get; set; }

    public int Connections { get; set; }

    /// <summary>Null answers Unimplemented, as a node up to 1.12 in maintenance mode does.</summary>
    public string? Version { get; set; } = "v1.13.2";

    /// <summary>What calls that have an effect end with.</summary>
    public Status Outcome { get; set; } = Status.DefaultSuccess;

    public byte[] Kubeconfig { get; set; } = [];

    public IReadOnlyList<Event> Events { get; set; } = [];

    public int ExitCode { get; set; }

    public IReadOnlyList<Disk> Disks { get; set; } = [];

    public ConcurrentDictionary<(string Type, string Id), Resource> Resources { get; } = new();

    /// <summary>Never set: a call that waits for it never ends.</summary>
    public TaskCompletionSource? Stall { get; set; }

    /// <summary>That the client gave with its last call; the greatest date when it gave none.</summary>
    public DateTime LastDeadline { get; private set; } = DateTime.MaxValue;

    public ConcurrentQueue<(string Call, IMessage Request, Metadata Headers)> Calls { get; } = new();

    /// <summary>A node of the cluster, or of a stranger's.</summary>
    public static FakeNode Configured(TestPki? pki = null) => new()
    {
        Tls = new BcTlsServerOptions { Identity = (pki ?? TestPki.Cluster).Server(), ClientTrust = (pki ?? TestPki.Cluster).ClientTrust() },
    };

    public static FakeNode InMaintenance() => new() { Tls = new BcTlsServerOptions { Identity = TestPki.Stranger.Server() } };

    public FakeNode With(CosiKind kind, string id, string yaml, byte[]? proto = null)
    {
        Resources[(kind.Type, id)] = new Resource
        {
            Metadata = new() { Namespace = kind.Namespace, Type = kind.Type, Id = id, Version = "1", Phase = "running" },
            Spec = new() { YamlSpec = yaml, ProtoSpec = ByteString.CopyFrom(proto ?? []) },
        };
        return this;
    }

    public FakeNode With(CosiKind kind, string yaml) => With(kind, kind.SingletonId!, yaml);

    public void Note(IMessage request, ServerCallContext context)
    {
        LastDeadline = context.Deadline;
        Calls.Enqueue((context.Method, request, context.RequestHeaders));
    }

    /// <summary>Notes the call and ends it as the test wants.</summary>
    public async Task ActAsync(IMessage request, ServerCallContext context)
    {
        Note(request, context);
        if (Stall is { } stall)
        {
            await stall.Task.WaitAsync(context.CancellationToken);
        }

        if (Outcome.StatusCode != StatusCode.OK)
        {
            throw new RpcException(Outcome);
        }
    }
}

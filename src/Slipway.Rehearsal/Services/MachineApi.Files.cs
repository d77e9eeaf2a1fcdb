using Google.Protobuf;
using Grpc.Core;
using Slipway.Rehearsal.Agents;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Common;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Services;

/// <content>Files and the kubeconfig.</content>
internal sealed partial class MachineApi
{
    public override async Task Read(ReadRequest request, IServerStreamWriter<Data> responseStream, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        // Outside of the gate: a real agent takes its own time.
        var own = NodeAgent.Owns(request.Path) && node.World.Agents?.Find(node.Plate.Name) is { } agent
            ? await agent.ReadAsync(request.Path, node.World.Clock.GetUtcNow(), context.CancellationToken)
            : null;
        string text;
        lock (node.World.Gate)
        {
            text = own ?? NodeFiles.Read(node, request.Path) ?? throw new Refusal(RefusalCode.NotFound, $"stat {request.Path}: no such file or directory");
        }

        await responseStream.WriteAsync(new Data { Bytes = ByteString.CopyFromUtf8(text) }, context.CancellationToken);
    }

    public override async Task List(ListRequest request, IServerStreamWriter<Talos.Wire.Machine.FileInfo> responseStream, ServerCallContext context)
    {
        var root = request.Root.Length == 0 ? "/" : request.Root;
        IReadOnlyList<(string Name, bool IsFolder)> names;
        var node = NodeCall.Of(context).Node;
        lock (node.World.Gate)
        {
            names = NodeFiles.List(node, root) ?? throw new Refusal(RefusalCode.NotFound, $"lstat {root}: no such file or directory");
        }

        await responseStream.WriteAsync(new Talos.Wire.Machine.FileInfo { Name = root, RelativeName = ".", IsDir = true, Mode = 0x800001ED }, context.CancellationToken);
        foreach (var (name, folder) in names)
        {
            await responseStream.WriteAsync(
                new Talos.Wire.Machine.FileInfo
                {
                    Name = $"{root.TrimEnd('/')}/{name}",
                    RelativeName = name,
                    IsDir = folder,
                    Mode = folder ? 0x800001EDu : 0x1A4u,
                    Size = folder ? 0 : 64,
                },
                context.CancellationToken);
        }
    }

    public override async Task Kubeconfig(Google.Protobuf.WellKnownTypes.Empty request, IServerStreamWriter<Data> responseStream, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        byte[] archive;
        lock (node.World.Gate)
        {
            archive = NodeKubeconfig.Archive(node);
        }

        // In two pieces, so that nobody takes one message for the whole.
        var half = archive.Length / 2;
        await responseStream.WriteAsync(new Data { Bytes = ByteString.CopyFrom(archive, 0, half) }, context.CancellationToken);
        await responseStream.WriteAsync(new Data { Bytes = ByteString.CopyFrom(archive, half, archive.Length - half) }, context.CancellationToken);
    }
}

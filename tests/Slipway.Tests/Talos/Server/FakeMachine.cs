using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Talos.Wire.Machine;
using Data = Slipway.Talos.Wire.Common.Data;

namespace Slipway.Tests.Talos.Server;

internal sealed class FakeMachine(FakeNode node) : MachineService.MachineServiceBase
{
    public override Task<VersionResponse> Version(Empty request, ServerCallContext context)
    {
        node.Note(request, context);
        return node.Version is { } tag
            ? Task.FromResult(new VersionResponse { Messages = { new Slipway.Talos.Wire.Machine.Version { Version_ = new() { Tag = tag } } } })
            : throw new RpcException(new Status(StatusCode.Unimplemented, "API is not implemented in maintenance mode"));
    }

    public override async Task<ApplyConfigurationResponse> ApplyConfiguration(ApplyConfigurationRequest request, ServerCallContext context)
    {
        await node.ActAsync(request, context);
        return new ApplyConfigurationResponse
        {
            Messages = { new ApplyConfiguration { Mode = ApplyConfigurationRequest.Types.Mode.Reboot, Warnings = { "old field" }, ModeDetails = "Applied configuration with a reboot" } },
        };
    }

    public override async Task<BootstrapResponse> Bootstrap(BootstrapRequest request, ServerCallContext context)
    {
        await node.ActAsync(request, context);
        return new BootstrapResponse { Messages = { new Bootstrap() } };
    }

    public override async Task<RebootResponse> Reboot(RebootRequest request, ServerCallContext context)
    {
        await node.ActAsync(request, context);
        return new RebootResponse { Messages = { new Reboot { ActorId = "actor-1" } } };
    }

    public override async Task<ResetResponse> Reset(ResetRequest request, ServerCallContext context)
    {
        await node.ActAsync(request, context);
        return new ResetResponse { Messages = { new Reset { ActorId = "actor-2" } } };
    }

    public override Task<EtcdMemberListResponse> EtcdMemberList(EtcdMemberListRequest request, ServerCallContext context) =>
        Task.FromResult(new EtcdMemberListResponse
        {
            Messages = { new EtcdMembers { Members = { new EtcdMember { Id = 0x1f2e, Hostname = "cp-1", PeerUrls = { "https://10.0.0.11:2380" } } } } },
        });

    public override Task Kubeconfig(Empty request, IServerStreamWriter<Data> responseStream, ServerCallContext context) =>
        SendAsync(node.Kubeconfig, responseStream);

    public override Task Read(ReadRequest request, IServerStreamWriter<Data> responseStream, ServerCallContext context)
    {
        node.Note(request, context);
        return request.Path == "/proc/sys/kernel/random/boot_id"
            ? SendAsync("boot-7\n"u8.ToArray(), responseStream)
            : throw new RpcException(new Status(StatusCode.NotFound, $"stat {request.Path}: no such file or directory"));
    }

    public override Task Logs(LogsRequest request, IServerStreamWriter<Data> responseStream, ServerCallContext context)
    {
        node.Note(request, context);
        return SendAsync("line\n"u8.ToArray(), responseStream);
    }

    public override async Task Events(EventsRequest request, IServerStreamWriter<Event> responseStream, ServerCallContext context)
    {
        node.Note(request, context);
        foreach (var item in node.Events)
        {
            await responseStream.WriteAsync(item);
        }
    }

    private static async Task SendAsync(byte[] bytes, IServerStreamWriter<Data> stream)
    {
        // Small pieces, so that a reader has to put them together.
        foreach (var piece in bytes.Chunk(100))
        {
            await stream.WriteAsync(new Data { Bytes = ByteString.CopyFrom(piece) });
        }
    }
}

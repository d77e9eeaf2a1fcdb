using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Api;

/// <summary>Talos' own services, and what they and the kernel log.</summary>
public sealed class ServicesApi(TalosConnection connection)
{
    /// <summary>-1: the wire's default of 0 would mean no old line at all.</summary>
    private const int AllLines = -1;

    private readonly Wire.Machine.MachineService.MachineServiceClient _machine = new(connection.Invoker);

    public async Task<IReadOnlyList<ServiceState>> ListAsync(CancellationToken cancellationToken)
    {
        var answer = (await _machine.ServiceListAsync(new Empty(), cancellationToken: cancellationToken)).Messages.Only(connection, "ServiceList");
        return [.. answer.Services.Select(service => new ServiceState(
            service.Id, service.State, service.Health is { Unknown: false } health ? health.Healthy : null, service.Health?.LastMessage ?? ""))];
    }

    /// <returns>What the node says to it.</returns>
    public async Task<string> RestartAsync(string service, CancellationToken cancellationToken)
    {
        var answer = await _machine.ServiceRestartAsync(new Wire.Machine.ServiceRestartRequest { Id = service }, cancellationToken: cancellationToken);
        return answer.Messages.Only(connection, "ServiceRestart").Resp;
    }

    /// <summary>The log of a Talos service in pieces as they come.</summary>
    /// <param name="lastLines">How many old lines; null for all.</param>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> LogsAsync(string service, int? lastLines, bool follow, CancellationToken cancellationToken) =>
        PiecesAsync(
            () => _machine.Logs(
                new Wire.Machine.LogsRequest { Namespace = "system", Id = service, Driver = Wire.Common.ContainerDriver.Containerd, TailLines = lastLines ?? AllLines, Follow = follow },
                cancellationToken: cancellationToken),
            cancellationToken);

    /// <summary>The log of a Kubernetes container, by the id that the node's list of containers gives.</summary>
    /// <inheritdoc cref="LogsAsync"/>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ContainerLogsAsync(string container, int? lastLines, bool follow, CancellationToken cancellationToken) =>
        PiecesAsync(
            () => _machine.Logs(
                new Wire.Machine.LogsRequest { Namespace = "k8s.io", Id = container, Driver = Wire.Common.ContainerDriver.Cri, TailLines = lastLines ?? AllLines, Follow = follow },
                cancellationToken: cancellationToken),
            cancellationToken);

    /// <summary>The kernel's log, from the start of the machine.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> DmesgAsync(bool follow, CancellationToken cancellationToken) =>
        PiecesAsync(() => _machine.Dmesg(new Wire.Machine.DmesgRequest { Follow = follow }, cancellationToken: cancellationToken), cancellationToken);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PiecesAsync(
        Func<AsyncServerStreamingCall<Wire.Common.Data>> start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = start();
        await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            yield return piece.Bytes.Memory;
        }
    }
}

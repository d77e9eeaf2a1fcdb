using System.Collections.Concurrent;
using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Talos.Api;
using Slipway.Talos.Connections;
using Slipway.Talos.Cosi;

namespace Slipway.Talos.Adapters;

/// <content>What a checkup asks for.</content>
internal sealed partial class TalosNode
{
    /// <summary>Of the many small files of a checkup; they share one connection.</summary>
    private const int FilesAtOnce = 8;

    public Task<NodeDetail> DetailAsync(CancellationToken cancellationToken) => CallAsync(connections.LastWasMaintenance, async connection =>
    {
        var facts = new NodeFacts(new ResourceState(connection));
        var hardware = new HardwareApi(connection);
        var services = OrNull(async () => (IReadOnlyList<ServiceObservation>)[.. (await new ServicesApi(connection).ListAsync(cancellationToken))
            .Select(service => new ServiceObservation(service.Id, service.State, service.Healthy, service.LastMessage))]);
        var clock = OrNull(async () => await new SystemApi(connection).ClockAsync(cancellationToken) is { } read ? new ClockObservation(read.Server, read.Local, read.Reference) : null);
        var processors = OrNull(async () => Processor(await hardware.ProcessorsAsync(cancellationToken)));
        var counters = OrNull(async () => (IReadOnlyList<CounterObservation>)[.. (await hardware.NetworkCountersAsync(cancellationToken))
            .Select(device => new CounterObservation(device.Name, device.RxPackets, device.RxErrors, device.RxDropped, device.RxFifo, device.TxErrors))]);
        return new NodeDetail
        {
            Services = await services ?? [],
            Clock = await clock,
            Processor = await processors,
            Counters = await counters ?? [],
            Extensions = await facts.ExtensionsAsync(cancellationToken),
            Ethernets = await facts.EthernetsAsync(cancellationToken),
            KubePrism = await facts.KubePrismAsync(cancellationToken),
            KubernetesLabels = await facts.KubernetesLabelsAsync(cancellationToken),
            Chains = await facts.ChainsAsync(cancellationToken),
            Security = await facts.SecurityAsync(cancellationToken),
        };
    });

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListFoldersAsync(IReadOnlyCollection<string> folders, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        await EachAsync(folders, async (files, path, token) =>
        {
            if (await OrNull(async () => await files.ListAsync(path, depth: 1, token)) is { } entries)
            {
                found[path] = [.. entries.Where(entry => entry.RelativePath != "." && entry.Error is null).Select(entry => entry.RelativePath)];
            }
        }, cancellationToken);
        return found;
    }

    public async Task<IReadOnlyDictionary<string, FileContent>> ReadFilesAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, FileContent>(StringComparer.Ordinal);
        await EachAsync(paths, async (files, path, token) => found[path] = await ReadAsync(files, path, token), cancellationToken);
        return found;
    }

    private static async Task<FileContent> ReadAsync(FilesApi files, string path, CancellationToken cancellationToken)
    {
        try
        {
            return FileContent.Of(await files.ReadTextAsync(path, cancellationToken));
        }
        catch (SlipwayException error) when (error.Reason == FailureReason.NotFound)
        {
            return FileContent.Absent;
        }
        catch (SlipwayException error) when (error.Reason == FailureReason.PermissionDenied && RpcFailures.TlsReason(error) is null)
        {
            return FileContent.Unreadable("only administrators (os:admin) may read files");
        }
        catch (SlipwayException error) when (error.Reason is not (FailureReason.Unreachable or FailureReason.TimedOut))
        {
            // Some files of /sys are there and refuse to be read, such as the speed of a link that is down.
            return FileContent.Unreadable(error.Found ?? error.Message);
        }
    }

    private Task<bool> EachAsync(IReadOnlyCollection<string> paths, Func<FilesApi, string, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        CallAsync(connections.LastWasMaintenance, async connection =>
        {
            var files = new FilesApi(connection);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(paths, parallel, async (path, token) => await read(files, path, token));
            return true;
        });

    private static ProcessorObservation? Processor(IReadOnlyList<Wire.Machine.CPUInfo> processors) =>
        processors is [var first, ..] ? new ProcessorObservation(processors.Count, first.ModelName, [.. first.Flags]) : null;

    /// <summary>Null for what the node does not serve, or not to our role. That it is away is still a failure.</summary>
    private static async Task<T?> OrNull<T>(Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (SlipwayException error) when (error.Reason is not (FailureReason.Unreachable or FailureReason.UntrustedPeer) && RpcFailures.TlsReason(error) is null)
        {
            return null;
        }
    }
}

using System.CommandLine;
using System.Diagnostics;
using System.Net.NetworkInformation;
using Slipway.Benchmarks.Measuring;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Talos.Adapters;
using Slipway.Talos.Pki;

namespace Slipway.Benchmarks.Connections;

/// <summary>A client of the standing nodes, and of nothing else: what it needs is what the connections need.</summary>
internal static class HeldConnections
{
    public const string Name = "run-client";

    private const int TalosPort = 50000;

    public static Command Command()
    {
        var (folder, identity) = (new Argument<string>("folder"), new Argument<string>("identity"));
        var command = new Command(Name) { folder, identity };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
            Child.Answer(await MeasureAsync(parsed.GetValue(folder)!, parsed.GetValue(identity)!, cancellationToken)));
        return command;
    }

    private static async Task<ConnectionsRow> MeasureAsync(string folder, string identity, CancellationToken cancellationToken)
    {
        var spec = SpecReader.Read("cluster.yaml", await File.ReadAllTextAsync(Path.Combine(folder, "cluster.yaml"), cancellationToken)).Spec!;
        var secrets = SecretsYaml.Read("secrets.yaml", await File.ReadAllTextAsync(Path.Combine(folder, "secrets.yaml"), cancellationToken)).Bundle!;
        var pair = Mint(secrets, identity);

        // What is loaded and compiled for the first connection is not part of the others' price.
        await using (var first = Fleet(secrets, pair))
        {
            await first.Node(spec.Nodes[0]).ObserveAsync(ObservationDepth.Stage, cancellationToken);
        }

        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        var before = ProcessFigures.Now();
        var started = Stopwatch.GetTimestamp();

        await using var fleet = Fleet(secrets, pair);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watches = new List<Watch>();
        // As many at a time as a run asks; all of them stay open.
        await Parallel.ForEachAsync(spec.Nodes, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken }, async (node, token) =>
        {
            var port = fleet.Node(node);
            await port.ObserveAsync(ObservationDepth.Stage, token);
            var watch = new Watch(port, stop.Token);
            lock (watches)
            {
                watches.Add(watch);
            }

            await watch.Standing;
        });
        var wall = Stopwatch.GetElapsedTime(started);
        var after = ProcessFigures.Now();
        var sockets = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Count(connection => connection.RemoteEndPoint.Port == TalosPort && connection.State == TcpState.Established);
        var row = new ConnectionsRow(
            identity,
            spec.Nodes.Count,
            sockets,
            before.Resident,
            after.Resident,
            after.PeakResident,
            GC.GetTotalMemory(forceFullCollection: true),
            Math.Round((after.Cpu - before.Cpu).TotalMilliseconds / spec.Nodes.Count, 2),
            Math.Round(wall.TotalSeconds, 1));
        await stop.CancelAsync();
        await Task.WhenAll(watches.Select(watch => watch.Ended));
        return row;
    }

    private static TalosFleet Fleet(SecretsBundle secrets, PemPair pair) => new(TimeProvider.System, secrets.Os.Certificate, () => pair);

    private static PemPair Mint(SecretsBundle secrets, string identity)
    {
        var (life, now) = (TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow());
        return (identity == "ed25519"
            ? ClientIdentity.MintEd25519(secrets.Os, ["os:admin"], life, now)
            : ClientIdentity.Mint(secrets.Os, ["os:admin"], life, now)).Pair;
    }

    /// <summary>Follows a node's stage until stopped, as a run does while the node installs.</summary>
    private sealed class Watch
    {
        private readonly TaskCompletionSource _standing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Watch(ITalosNode node, CancellationToken stop) => Ended = FollowAsync(node, stop);

        /// <summary>Done when the first state has come.</summary>
        public Task Standing => _standing.Task;

        public Task Ended { get; }

        private async Task FollowAsync(ITalosNode node, CancellationToken stop)
        {
            try
            {
                await foreach (var _ in node.WatchStageAsync(stop))
                {
                    _standing.TrySetResult();
                }

                _standing.TrySetException(new InvalidOperationException($"{node.Spec.Name}: the watch ended by itself"));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                _standing.TrySetCanceled(stop);
            }
        }
    }
}

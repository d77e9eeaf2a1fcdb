using System.Security.Cryptography;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Talos.Adapters;
using Slipway.Talos.Pki;

namespace Slipway.Cli.Input;

/// <summary>Asks machines that belong to no cluster yet what they are.</summary>
internal static class MaintenanceSurvey
{
    private const int AtOnce = 32;

    private const string NumaNodes = "/sys/devices/system/node";

    /// <summary>One answer for each address, in its order and named by it.</summary>
    public static async Task<IReadOnlyList<SurveyedMachine>> LookAsync(IReadOnlyList<string> addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        // A fleet knows its nodes by a cluster's CA. There is no cluster yet: a CA of nobody's makes every configured node a stranger.
        using var random = RandomNumberGenerator.Create();
        var nobody = SecretsFactory.Create(
            VersionOption.DefaultTalos, time.GetUtcNow(), random, SecretsOptions.Default with { ServiceAccountKey = KeyAlgorithm.EcdsaP256 }).Os;
        var identity = ClientIdentity.Mint(nobody, ["os:admin"], TimeSpan.FromHours(1), time.GetUtcNow()).Pair;
        await using var fleet = new TalosFleet(time, nobody.Certificate, () => identity);
        var seen = new SurveyedMachine[addresses.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, addresses.Count, parallel, async (index, token) => seen[index] = await LookAsync(fleet.Node(NodeAt(addresses[index])), token));
        return seen;
    }

    private static async Task<SurveyedMachine> LookAsync(ITalosNode node, CancellationToken cancellationToken)
    {
        var seen = await node.ObserveAsync(ObservationDepth.Full, cancellationToken);
        if (seen.Mode != NodeMode.Maintenance)
        {
            return new SurveyedMachine(seen, [], new Dictionary<string, int>());
        }

        var queues = (await node.DetailAsync(cancellationToken)).Ethernets.Where(nic => nic.Channels.GetValueOrDefault("combined-max") > 0).ToDictionary(nic => nic.Link, nic => nic.Channels["combined-max"]);
        return new SurveyedMachine(seen, await NumaAsync(node, cancellationToken), queues);
    }

    /// <summary>Which CPUs each NUMA node has, told by the names of folders; none before Talos 1.13.</summary>
    private static async Task<IReadOnlyList<CpuSet>> NumaAsync(ITalosNode node, CancellationToken cancellationToken)
    {
        var names = (await node.ListFoldersAsync([NumaNodes], cancellationToken)).GetValueOrDefault(NumaNodes) ?? [];
        List<string> paths = [.. names.Select(name => name.StartsWith("node", StringComparison.Ordinal) && int.TryParse(name.AsSpan(4), out var number) ? number : -1)
            .Where(number => number >= 0).Order().Select(number => $"{NumaNodes}/node{number}")];
        var folders = await node.ListFoldersAsync(paths, cancellationToken);
        return [.. paths.Select(path => CpuSet.Named(folders.GetValueOrDefault(path) ?? [])).Where(cpus => cpus.Count > 0)];
    }

    private static NodeSpec NodeAt(string address) => new() { Name = address, Address = address, Role = NodeRole.Worker, Install = new InstallSpec() };
}

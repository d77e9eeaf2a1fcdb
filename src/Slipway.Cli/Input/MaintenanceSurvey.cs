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

    /// <summary>One observation for each address, in its order and named by it.</summary>
    public static async Task<IReadOnlyList<NodeObservation>> LookAsync(IReadOnlyList<string> addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        // A fleet knows its nodes by a cluster's CA. There is no cluster yet: a CA of nobody's makes every configured node a stranger.
        using var random = RandomNumberGenerator.Create();
        var nobody = SecretsFactory.Create(VersionOption.DefaultTalos, time.GetUtcNow(), random).Os;
        var identity = ClientIdentity.Mint(nobody, ["os:admin"], TimeSpan.FromHours(1), time.GetUtcNow()).Pair;
        await using var fleet = new TalosFleet(time, nobody.Certificate, () => identity);
        var seen = new NodeObservation[addresses.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, addresses.Count, parallel, async (index, token) =>
            seen[index] = await fleet.Node(NodeAt(addresses[index])).ObserveAsync(ObservationDepth.Full, token));
        return seen;
    }

    private static NodeSpec NodeAt(string address) => new() { Name = address, Address = address, Role = NodeRole.Worker, Install = new InstallSpec() };
}

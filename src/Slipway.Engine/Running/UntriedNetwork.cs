using Slipway.Core.Failures;
using Slipway.Core.Planning;

namespace Slipway.Engine.Running;

/// <summary>The refusal of a network change that Talos cannot try.</summary>
internal static class UntriedNetwork
{
    public static SlipwayException Refuse(string phase, PlannedAction action) =>
        new(FailureReason.Unsafe, $"{action.Target}: a change of its network cannot be tried first, for {action.Trial!.Refusal}")
        {
            Node = action.Target,
            Phase = phase,
            Expected = "a network change that Talos can take back by itself when the node does not answer",
            Found = string.Join(", ", action.Changes.Where(NetworkChanges.Touches).Select(change => $"{change.Document} {change.Path}".TrimEnd()).Take(5)),
            Hint = "nothing was sent to it: change the one in a first run and the other in a second; or say --yes-i-may-lose-it if somebody can reach its console",
        };
}

using System.Globalization;
using Slipway.Core.MachineConfig;

namespace Slipway.Core.Planning;

/// <summary>
/// A change of a running node's network is tried first: Talos takes the config for a while only, and goes back by itself unless it is
/// sent again for good, which happens only after the node has answered (ApplyConfiguration, mode TRY).
/// </summary>
/// <param name="Refusal">Why it cannot be tried, as a half sentence; null when it can.</param>
/// <param name="AheadOfReboot">True when the new network is tried and kept by itself, and what needs a reboot follows (see <see cref="NetworkFirst"/>).</param>
public sealed record NetworkTrial(TimeSpan Length, string? Refusal, bool AheadOfReboot = false)
{
    /// <summary>Talos' own default (constants.ConfigTryTimeout).</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Null when no change touches the network.</summary>
    /// <param name="canGoFirst">Asked when other changes need a reboot: whether the network can be changed without them.</param>
    public static NetworkTrial? For(IReadOnlyList<ConfigChange> changes, ActionCost cost, Func<bool> canGoFirst)
    {
        if (!changes.Any(NetworkChanges.Touches))
        {
            return null;
        }

        // Talos tries nothing that it cannot apply at once; a reboot would end the trial before anybody could answer.
        if (cost != ActionCost.Reboot || canGoFirst())
        {
            return new NetworkTrial(Usual, null, AheadOfReboot: cost == ActionCost.Reboot);
        }

        var others = changes.Where(ApplyCost.NeedsReboot).Select(change => change.Path).Take(3);
        return new NetworkTrial(Usual, $"it cannot be changed without what needs a reboot ({string.Join(", ", others)})");
    }

    /// <summary>What a plan says beside each change of the network.</summary>
    public string Note => Refusal is null
        ? string.Create(CultureInfo.InvariantCulture, $"tried for {Length.TotalMinutes:0.#}m first")
        : "cannot be tried first";
}

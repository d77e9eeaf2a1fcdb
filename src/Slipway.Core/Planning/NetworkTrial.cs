using System.Globalization;
using Slipway.Core.MachineConfig;

namespace Slipway.Core.Planning;

/// <summary>
/// A change of a running node's network is tried first: Talos takes the config for a while only, and goes back by itself unless it is
/// sent again for good, which happens only after the node has answered (ApplyConfiguration, mode TRY).
/// </summary>
/// <param name="Refusal">Why it cannot be tried, as a half sentence; null when it can.</param>
public sealed record NetworkTrial(TimeSpan Length, string? Refusal)
{
    /// <summary>Talos' own default (constants.ConfigTryTimeout).</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Null when no change touches the network.</summary>
    public static NetworkTrial? For(IReadOnlyList<ConfigChange> changes, ActionCost cost)
    {
        if (!changes.Any(NetworkChanges.Touches))
        {
            return null;
        }

        // Talos tries nothing that it cannot apply at once; a reboot would end the trial before anybody could answer.
        var others = changes.Where(change => ApplyCost.NeedsReboot(change)).Select(change => change.Path).Take(3).ToList();
        return new NetworkTrial(Usual, cost == ActionCost.Reboot ? $"the same config changes what needs a reboot ({string.Join(", ", others)})" : null);
    }

    /// <summary>What a plan says beside each change of the network.</summary>
    public string Note => Refusal is null
        ? string.Create(CultureInfo.InvariantCulture, $"tried for {Length.TotalMinutes:0.#}m first")
        : "cannot be tried first";
}

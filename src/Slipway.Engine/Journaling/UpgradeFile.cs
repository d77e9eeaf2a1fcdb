using System.Text.Json;
using Slipway.Core.Planning;
using Slipway.Engine.Files;

namespace Slipway.Engine.Journaling;

/// <summary>
/// upgrades.json: to which image each node was last upgraded. Of an image that no image factory made, a node tells neither
/// name nor content, and none tells of an image that waits for its next boot; without this a run that was cut off before or
/// right after that boot would run the installer twice. That is worse than it looks: GRUB's entry for the second run is the
/// one that the node runs from, so the system to fall back to would be gone (Talos: bootloader/grub, flip).
/// </summary>
internal sealed class UpgradeFile(StateFolder folder)
{
    private static readonly Lock s_gate = new();

    /// <summary>Empty as well when the file cannot be read: the worst that follows is an upgrade to what is there.</summary>
    public IReadOnlyDictionary<string, UpgradeRecord> Read()
    {
        try
        {
            return File.Exists(folder.UpgradeRecord)
                ? JsonSerializer.Deserialize<Dictionary<string, UpgradeRecord>>(File.ReadAllText(folder.UpgradeRecord), FileJournal.Json) ?? []
                : new Dictionary<string, UpgradeRecord>();
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return new Dictionary<string, UpgradeRecord>();
        }
    }

    public void Note(string node, UpgradeRecord record)
    {
        // Workers come back side by side.
        lock (s_gate)
        {
            PrivateFiles.Write(folder.UpgradeRecord, JsonSerializer.Serialize(new SortedDictionary<string, UpgradeRecord>(Read().ToDictionary(), StringComparer.Ordinal) { [node] = record }, FileJournal.Json));
        }
    }
}

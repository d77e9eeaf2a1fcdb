using System.Text.Json;
using Slipway.Engine.Files;

namespace Slipway.Engine.Journaling;

/// <summary>
/// upgrades.json: which node was last seen to come back from an upgrade, and to which image. Of an image that no image
/// factory made, a node tells neither name nor content; without this a run that was cut off right after an upgrade would do it twice.
/// </summary>
internal sealed class UpgradeFile(StateFolder folder)
{
    private static readonly Lock s_gate = new();

    /// <summary>Empty as well when the file cannot be read: the worst that follows is an upgrade to what is there.</summary>
    public IReadOnlyDictionary<string, string> Read()
    {
        try
        {
            return File.Exists(folder.UpgradeRecord)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(folder.UpgradeRecord), FileJournal.Json) ?? []
                : new Dictionary<string, string>();
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return new Dictionary<string, string>();
        }
    }

    public void Note(string node, string image)
    {
        // Workers come back side by side.
        lock (s_gate)
        {
            PrivateFiles.Write(folder.UpgradeRecord, JsonSerializer.Serialize(new SortedDictionary<string, string>(Read().ToDictionary(), StringComparer.Ordinal) { [node] = image }, FileJournal.Json));
        }
    }
}

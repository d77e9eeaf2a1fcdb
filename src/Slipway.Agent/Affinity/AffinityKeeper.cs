using System.Text.Json;
using Slipway.Agent.Files;

namespace Slipway.Agent.Affinity;

/// <summary>
/// Sets knobs, remembers on disk what they held before the agent first touched them, and gives that back on request. The memory is
/// written before the first knob, so that a kill in between forgets nothing.
/// </summary>
internal sealed class AffinityKeeper(string memory)
{
    private const int LongestValue = 4096;

    public IReadOnlyList<KnobOutcome> Apply(IReadOnlyList<KnobSetting> settings)
    {
        var originals = Remembered();
        var news = settings.Where(setting => !originals.ContainsKey(setting.Path)).Select(setting => (setting.Path, Value: Look(setting.Path))).Where(entry => entry.Value is not null).ToList();
        if (news.Count > 0)
        {
            foreach (var (path, value) in news)
            {
                originals[path] = value!;
            }

            Remember(originals);
        }

        return [.. settings.Select(Set)];
    }

    /// <summary>Everything as it was; what cannot be given back stays remembered.</summary>
    public IReadOnlyList<KnobOutcome> Undo()
    {
        var originals = Remembered();
        var outcomes = originals.Select(entry => Set(new KnobSetting(entry.Key, entry.Value))).ToList();
        var left = outcomes.Where(outcome => outcome.Problem is not null && File.Exists(outcome.Path)).ToDictionary(outcome => outcome.Path, outcome => originals[outcome.Path]);
        if (left.Count > 0)
        {
            Remember(left);
        }
        else if (originals.Count > 0)
        {
            File.Delete(memory);
        }

        return outcomes;
    }

    private static KnobOutcome Set(KnobSetting setting)
    {
        var before = Look(setting.Path);
        if (before == setting.Value)
        {
            return new KnobOutcome(setting.Path, before, before, null);
        }

        try
        {
            using (var file = new FileStream(setting.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(setting.Value));
                if (file is { CanSeek: true } && !setting.Path.StartsWith("/proc/", StringComparison.Ordinal) && !setting.Path.StartsWith("/sys/", StringComparison.Ordinal))
                {
                    file.SetLength(setting.Value.Length);
                }
            }

            return new KnobOutcome(setting.Path, before, Look(setting.Path), null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new KnobOutcome(setting.Path, before, Look(setting.Path), problem.Message);
        }
    }

    private static string? Look(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var buffer = new byte[LongestValue];
            var read = file.Read(buffer);
            return System.Text.Encoding.ASCII.GetString(buffer, 0, read).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Dictionary<string, string> Remembered()
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(memory));
            return document.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private void Remember(Dictionary<string, string> originals)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (path, value) in originals)
            {
                json.WriteString(path, value);
            }

            json.WriteEndObject();
        }

        AtomicFile.Write(memory, text.WriteTo);
    }
}

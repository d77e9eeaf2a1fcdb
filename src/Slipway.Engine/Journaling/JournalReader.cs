using System.Text.Json;

namespace Slipway.Engine.Journaling;

/// <summary>Reads what earlier runs recorded. A line that was cut off by a crash is left out and counted, never an error.</summary>
public static class JournalReader
{
    /// <summary>The newest run's record, or null when there was none.</summary>
    public static RunRecord? Last(StateFolder folder)
    {
        if (!Directory.Exists(folder.Runs))
        {
            return null;
        }

        var newest = Directory.EnumerateDirectories(folder.Runs).Order(StringComparer.Ordinal).LastOrDefault();
        return newest is null ? null : Read(newest);
    }

    public static RunRecord Read(string runFolder)
    {
        var path = Path.Combine(runFolder, FileJournal.FileName);
        var open = new Dictionary<int, JournalLine>();
        var (damaged, effects, finished) = (0, 0, false);
        foreach (var text in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (TryRead(text) is not { } line)
            {
                damaged++;
                continue;
            }

            switch (line.Kind)
            {
                case JournalLineKind.Intend:
                    open[line.Effect] = line;
                    effects++;
                    break;
                case JournalLineKind.Done or JournalLineKind.Failed:
                    open.Remove(line.Effect);
                    break;
                default:
                    finished |= line.Text == Reporting.JournalReporter.Finished;
                    break;
            }
        }

        return new RunRecord(runFolder, effects, [.. open.Values], finished, damaged);
    }

    private static JournalLine? TryRead(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(text, FileJournal.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

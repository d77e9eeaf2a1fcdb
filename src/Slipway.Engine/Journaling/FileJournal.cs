using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Engine.Files;
using Slipway.Engine.Ports;

namespace Slipway.Engine.Journaling;

/// <summary>A run's folder: journal.ndjson and the files kept beside it. Effects are flushed to disk before the call returns.</summary>
public sealed class FileJournal : IJournal, IDisposable
{
    public const string FileName = "journal.ndjson";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private int _effects;

    private FileJournal(string folder, TimeProvider time)
    {
        Folder = folder;
        _time = time;
        _file = PrivateFiles.Append(Path.Combine(folder, FileName));
    }

    public string Folder { get; }

    /// <summary>Starts the record of a new run.</summary>
    public static FileJournal Start(StateFolder folder, TimeProvider time)
    {
        var name = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder.Runs, name);
        for (var again = 2; Directory.Exists(path); again++)
        {
            path = Path.Combine(folder.Runs, string.Create(CultureInfo.InvariantCulture, $"{name}-{again:D3}"));
        }

        PrivateFiles.EnsureFolder(path);
        return new FileJournal(path, time);
    }

    public EffectId Intend(string phase, string target, string summary)
    {
        var effect = Interlocked.Increment(ref _effects);
        Write(new JournalLine { Time = _time.GetUtcNow(), Kind = JournalLineKind.Intend, Effect = effect, Phase = phase, Target = target, Text = summary });
        return new EffectId(effect);
    }

    public void Done(EffectId effect) =>
        Write(new JournalLine { Time = _time.GetUtcNow(), Kind = JournalLineKind.Done, Effect = effect.Number });

    public void Failed(EffectId effect, string reason) =>
        Write(new JournalLine { Time = _time.GetUtcNow(), Kind = JournalLineKind.Failed, Effect = effect.Number, Text = reason });

    public void Note(string kind, object payload) =>
        Write(new JournalLine { Time = _time.GetUtcNow(), Kind = JournalLineKind.Note, Text = kind, Payload = payload }, flush: false);

    public void Keep(string name, string content) => PrivateFiles.Write(Path.Combine(Folder, name), content);

    public void Dispose() => _file.Dispose();

    private void Write(JournalLine line, bool flush = true)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, Json);
        lock (_gate)
        {
            PrivateFiles.Guard(_file.Name, () =>
            {
                _file.Write([.. bytes, (byte)'\n']);
                // An effect that is not on disk did not happen for whoever comes after a power cut.
                _file.Flush(flushToDisk: flush);
            });
        }
    }
}

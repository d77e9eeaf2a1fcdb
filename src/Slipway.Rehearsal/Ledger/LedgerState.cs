using System.Text.Json;

namespace Slipway.Rehearsal;

/// <summary>The record of a rehearsal, in memory and, for tests in other processes, as one JSON object a line in a file.</summary>
internal sealed class LedgerState : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly StreamWriter? _file;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _start;
    private bool _closed;

    public LedgerState(TimeProvider clock, string? path)
    {
        _clock = clock;
        _start = clock.GetUtcNow();
        // Each line goes out whole at once: the reader may look at any moment, and this process may be killed at any moment.
        _file = path is null
            ? null
            : new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
    }

    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public void Write(string node, LedgerKind kind, string detail = "")
    {
        lock (_gate)
        {
            var entry = new LedgerEntry(_clock.GetUtcNow() - _start, node, kind, detail);
            _entries.Add(entry);
            if (!_closed)
            {
                _file?.WriteLine(JsonSerializer.Serialize(entry));
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _file?.Dispose();
        }
    }
}

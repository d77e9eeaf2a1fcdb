using System.Text;

namespace Slipway.Cli.Output;

/// <summary>
/// Passes text on a line (or a flush) at a time, so that a secret which arrives in pieces is seen as a whole. Thread-safe.
/// </summary>
internal sealed class RedactingWriter(TextWriter inner, Redactor redactor) : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _pending = new();

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        lock (_lock)
        {
            _pending.Append(value);
            if (value == '\n')
            {
                PassOn();
            }
        }
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_lock)
        {
            _pending.Append(buffer);
            if (buffer.Contains('\n'))
            {
                PassOnLines();
            }
        }
    }

    public override void Flush()
    {
        lock (_lock)
        {
            PassOn();
            inner.Flush();
        }
    }

    /// <summary>Writes text that the user asked for by name, such as a config on standard output, as it is.</summary>
    public void WriteRevealed(string text)
    {
        lock (_lock)
        {
            PassOn();
            inner.Write(text);
            inner.Flush();
        }
    }

    private void PassOnLines()
    {
        var text = _pending.ToString();
        var end = text.LastIndexOf('\n') + 1;
        _pending.Clear().Append(text, end, text.Length - end);
        inner.Write(redactor.Redact(text[..end]));
    }

    private void PassOn()
    {
        inner.Write(redactor.Redact(_pending.ToString()));
        _pending.Clear();
    }
}

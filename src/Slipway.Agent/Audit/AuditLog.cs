using System.Text.Json;
using Slipway.Agent.Configuration;
using Slipway.Agent.Metrics;
using Slipway.Xdp.Maps;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Audit;

/// <summary>
/// Sampled drops as JSON lines. A flood is told with a bounded number of lines a second, and the file with a bounded number of bytes:
/// path, path.1, path.2, … newest first. A disk that is full costs lines, never the agent.
/// </summary>
internal sealed class AuditLog(AuditConfig config, TimeProvider time) : IDisposable
{
    private FileStream? _file;
    private long _second;
    private int _inSecond;
    private long _written;
    private long _suppressed;
    private long _untold;
    private string? _lastError;

    public AuditStatus Status => new() { Path = config.Path, Written = _written, Suppressed = _suppressed, LastError = _lastError };

    /// <param name="nic">The name of the interface that the packet came in by.</param>
    public void Write(string nic, DropSample sample)
    {
        var now = time.GetUtcNow();
        if (now.ToUnixTimeSeconds() != _second)
        {
            (_second, _inSecond) = (now.ToUnixTimeSeconds(), 0);
        }

        if (_inSecond >= config.LinesPerSecond)
        {
            _suppressed++;
            _untold++;
            return;
        }

        _inSecond++;
        try
        {
            Append(Line(nic, sample, now));
            _written++;
            _untold = 0;
            _lastError = null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _lastError = problem.Message;
            Close();
        }
    }

    public void Dispose() => Close();

    private void Append(byte[] line)
    {
        _file ??= Open();
        if (_file.Length > 0 && _file.Length + line.Length > config.MaxBytes)
        {
            Close();
            Rotate();
            _file = Open();
        }

        // One write a line: a reader never sees half of one.
        _file.Write(line);
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(config.Path)!);
        return new FileStream(config.Path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
            BufferSize = 0,
        });
    }

    private void Rotate()
    {
        if (config.Files == 1)
        {
            File.Delete(config.Path);
            return;
        }

        for (var number = config.Files - 1; number >= 1; number--)
        {
            var from = number == 1 ? config.Path : $"{config.Path}.{number - 1}";
            if (File.Exists(from))
            {
                File.Move(from, $"{config.Path}.{number}", overwrite: true);
            }
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private byte[] Line(string nic, DropSample sample, DateTimeOffset now)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("at", now);
            json.WriteString("interface", nic);
            json.WriteString("verdict", Words.Of(sample.Verdict));
            json.WriteString("reason", Words.Of(sample.Reason));
            json.WriteString("role", Words.Of(sample.Role));
            json.WriteString("class", Words.Of(sample.Class));
            json.WriteString("source", sample.Source.ToString());
            json.WriteNumber("sourcePort", sample.SourcePort);
            json.WriteString("destination", sample.Destination.ToString());
            json.WriteNumber("destinationPort", sample.DestinationPort);
            json.WriteNumber("protocol", sample.Protocol);
            json.WriteNumber("length", sample.Length);
            json.WriteString("frame", Convert.ToHexStringLower(sample.Frame.Span));
            if (_untold > 0)
            {
                json.WriteNumber("suppressed", _untold);
            }

            json.WriteEndObject();
        }

        text.WriteByte((byte)'\n');
        return text.ToArray();
    }
}

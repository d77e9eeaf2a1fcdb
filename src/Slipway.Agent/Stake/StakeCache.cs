using System.Globalization;
using System.Net;
using System.Text.Json;
using Slipway.Agent.Configuration;
using Slipway.Agent.Files;
using Slipway.Xdp;

namespace Slipway.Agent.Stake;

/// <summary>The last good table on disk. What cannot be read or makes no sense is no table: the agent then starts with strangers only.</summary>
internal sealed class StakeCache(string path)
{
    private const int LargestFile = 16 << 20;

    public void Write(StakeTable table)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("takenAt", table.TakenAt);
            json.WriteString("source", table.Source);
            if (table.Own is { } own)
            {
                json.WriteNumber("shredVersion", own.ShredVersion);
                json.WriteStartArray("ports");
                foreach (var port in own.Ports)
                {
                    json.WriteStringValue($"{port.Port}/{port.Protocol.ToString().ToLowerInvariant()}/{RoleWords.NameOf(port.Role)}");
                }

                json.WriteEndArray();
            }

            json.WriteStartObject("lamports");
            foreach (var (address, lamports) in table.Lamports)
            {
                json.WriteNumber(address.ToString(), lamports);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        AtomicFile.Write(path, text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    public StakeTable? Read(DateTimeOffset now)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > LargestFile)
            {
                return null;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(document.RootElement, now);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static StakeTable? Parse(JsonElement root, DateTimeOffset now)
    {
        var takenAt = root.GetProperty("takenAt").GetDateTimeOffset();
        var lamports = new Dictionary<IPAddress, ulong>();
        foreach (var entry in root.GetProperty("lamports").EnumerateObject())
        {
            if (lamports.Count == StakeJoin.MostEntries || !Addresses.TryParse(entry.Name, out var address) || !Addresses.IsSource(address))
            {
                return null;
            }

            lamports[address] = entry.Value.GetUInt64();
        }

        return new StakeTable
        {
            // A clock that was wrong when the file was written must not make it young for ever.
            TakenAt = takenAt > now ? DateTimeOffset.UnixEpoch : takenAt,
            Source = root.GetProperty("source").GetString() ?? "",
            Lamports = lamports,
            Own = root.TryGetProperty("shredVersion", out var version)
                ? new OwnContact(version.GetUInt16(), [.. root.GetProperty("ports").EnumerateArray().Select(Port)])
                : null,
        };
    }

    private static LearntPort Port(JsonElement element)
    {
        var parts = (element.GetString() ?? "").Split('/');
        var role = PortRole.None;
        foreach (var (word, value) in RoleWords.Words)
        {
            role = parts.Length == 3 && word == parts[2] ? value : role;
        }

        return role == PortRole.None
            ? throw new FormatException()
            : new LearntPort(parts[1] == "tcp" ? TransportProtocol.Tcp : TransportProtocol.Udp, ushort.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture), role);
    }
}

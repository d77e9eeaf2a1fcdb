using System.Globalization;
using System.Text.Json;
using Slipway.Agent.Configuration;
using Slipway.Agent.Files;
using Slipway.Xdp;

namespace Slipway.Agent.Stake;

/// <summary>The last good table on disk. What cannot be read or makes no sense is no table: the agent then starts with strangers only.</summary>
internal sealed class StakeCache(string path)
{
    private const int LargestFile = 16 << 20;
    private const int FlushBytes = 16 * 1024;

    /// <exception cref="IOException">And what else a file system has to say.</exception>
    public void Write(StakeTable table) => AtomicFile.Write(path, file =>
    {
        using var json = new Utf8JsonWriter(file);
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
        foreach (var stake in table.Stakes)
        {
            json.WriteNumber(stake.Address.ToString(), stake.Lamports);
            if (json.BytesPending > FlushBytes)
            {
                json.Flush();
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    public StakeTable? Read(DateTimeOffset now)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= LargestFile ? Parse(File.ReadAllBytes(path), now) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Token by token: a document of all of it would be several times the file, and stay in the pools of the runtime.</summary>
    private static StakeTable? Parse(ReadOnlySpan<byte> text, DateTimeOffset now)
    {
        var json = new Utf8JsonReader(text);
        DateTimeOffset? takenAt = null;
        string? source = null;
        ushort? shredVersion = null;
        List<LearntPort> ports = [];
        List<StakedAddress>? stakes = null;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "takenAt":
                    takenAt = json.GetDateTimeOffset();
                    break;
                case "source":
                    source = json.GetString();
                    break;
                case "shredVersion":
                    shredVersion = json.GetUInt16();
                    break;
                case "ports":
                    ports = Ports(ref json);
                    break;
                case "lamports":
                    stakes = Stakes(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return takenAt is not { } taken || source is null || stakes is null ? null : new StakeTable
        {
            // A clock that was wrong when the file was written must not make it young for ever.
            TakenAt = taken > now ? DateTimeOffset.UnixEpoch : taken,
            Source = source,
            Stakes = StakeTable.Sorted(stakes),
            Own = shredVersion is { } version ? new OwnContact(version, ports) : null,
        };
    }

    private static List<StakedAddress> Stakes(ref Utf8JsonReader json)
    {
        var stakes = new List<StakedAddress>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (stakes.Count == StakeJoin.MostEntries || !Addresses.TryParse(json.GetString()!, out var address) || !Addresses.IsSource(address))
            {
                throw new FormatException();
            }

            json.Read();
            stakes.Add(StakedAddress.Of(address, json.GetUInt64()));
        }

        return stakes;
    }

    private static List<LearntPort> Ports(ref Utf8JsonReader json)
    {
        var ports = new List<LearntPort>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            ports.Add(Port(json.GetString() ?? ""));
        }

        return ports;
    }

    private static LearntPort Port(string text)
    {
        var parts = text.Split('/');
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

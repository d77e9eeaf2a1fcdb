using System.Text;
using System.Text.Json;

namespace Slipway.Agent.Configuration;

/// <summary>
/// JSON (RFC 8259) into values with places. Bounded in size, depth and number of values, so that no file, however strange,
/// costs more than a few MiB or ends in anything but findings. Comments and trailing commas are refused.
/// </summary>
internal sealed class JsonPlaceReader
{
    /// <summary>Bytes. A cluster of a thousand nodes with all ports named stays below a tenth of it.</summary>
    public const int LargestFile = 1 << 20;

    public const int DeepestNesting = 16;

    public const int MostValues = 50_000;

    private static readonly byte[] s_byteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly List<Finding> _findings;
    private readonly List<int> _lines = [0];
    private int _values;

    private JsonPlaceReader(ReadOnlySpan<byte> json, List<Finding> findings)
    {
        _findings = findings;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == (byte)'\n')
            {
                _lines.Add(i + 1);
            }
        }
    }

    /// <summary>Null when the text is no JSON; the finding then says where it ends being so.</summary>
    public static JsonPlace? Read(ReadOnlySpan<byte> json, List<Finding> findings)
    {
        if (json.Length > LargestFile)
        {
            findings.Add(new Finding { Line = 0, Column = 0, Message = $"the file has {json.Length} bytes", Expected = $"at most {LargestFile}" });
            return null;
        }

        if (json.StartsWith(s_byteOrderMark))
        {
            json = json[s_byteOrderMark.Length..];
        }

        var places = new JsonPlaceReader(json, findings);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        try
        {
            reader.Read();
            var root = places.Value(ref reader, "");
            reader.Read();
            return root;
        }
        catch (JsonException problem)
        {
            findings.Add(new Finding
            {
                Line = (int)(problem.LineNumber ?? 0) + 1,
                Column = (int)(problem.BytePositionInLine ?? 0) + 1,
                Message = json.IsEmpty ? "the file is empty" : "this is not JSON",
                Expected = $"one JSON object, nested at most {DeepestNesting} deep, without comments or trailing commas",
            });
            return null;
        }
        catch (InvalidOperationException)
        {
            findings.Add(places.At(reader.TokenStartIndex, "", "the text is not valid UTF-8"));
            return null;
        }
        catch (TooManyValuesException)
        {
            findings.Add(new Finding { Line = 0, Column = 0, Message = "the file has too many values", Expected = $"at most {MostValues}" });
            return null;
        }
    }

    private JsonPlace Value(ref Utf8JsonReader reader, string path)
    {
        if (++_values > MostValues)
        {
            throw new TooManyValuesException();
        }

        var (line, column) = Position(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new JsonPlace { Kind = JsonValueKind.Object, Path = path, Line = line, Column = column, Members = Members(ref reader, path) },
            JsonTokenType.StartArray => new JsonPlace { Kind = JsonValueKind.Array, Path = path, Line = line, Column = column, Items = Items(ref reader, path) },
            JsonTokenType.String => new JsonPlace { Kind = JsonValueKind.String, Path = path, Line = line, Column = column, Text = reader.GetString()! },
            JsonTokenType.Number => new JsonPlace { Kind = JsonValueKind.Number, Path = path, Line = line, Column = column, Text = Encoding.UTF8.GetString(reader.ValueSpan) },
            JsonTokenType.True => new JsonPlace { Kind = JsonValueKind.True, Path = path, Line = line, Column = column },
            JsonTokenType.False => new JsonPlace { Kind = JsonValueKind.False, Path = path, Line = line, Column = column },
            _ => new JsonPlace { Kind = JsonValueKind.Null, Path = path, Line = line, Column = column },
        };
    }

    private List<JsonMember> Members(ref Utf8JsonReader reader, string path)
    {
        var members = new List<JsonMember>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var start = reader.TokenStartIndex;
            var name = reader.GetString()!;
            var (line, column) = Position(start);
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (!seen.Add(name))
            {
                _findings.Add(At(start, inner, "the key stands here twice"));
            }

            reader.Read();
            members.Add(new JsonMember(name, line, column, Value(ref reader, inner)));
        }

        return members;
    }

    private List<JsonPlace> Items(ref Utf8JsonReader reader, string path)
    {
        var items = new List<JsonPlace>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, $"{path}[{items.Count}]"));
        }

        return items;
    }

    private Finding At(long offset, string path, string message)
    {
        var (line, column) = Position(offset);
        return new Finding { Line = line, Column = column, Path = path, Message = message };
    }

    private (int Line, int Column) Position(long offset)
    {
        var found = _lines.BinarySearch((int)offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, (int)offset - _lines[line] + 1);
    }

    private sealed class TooManyValuesException : Exception;
}

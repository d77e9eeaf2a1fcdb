using System.Text;
using System.Text.Json;

namespace Slipway.Agent.Stake;

/// <summary>
/// Picks the objects out of named arrays, and of each object a few scalar fields; all else of the document flows by. What a
/// Solana RPC answers is megabytes of vote histories around a few kilobytes of stake.
/// </summary>
internal sealed class JsonRecords(IReadOnlyCollection<string> arrays, IReadOnlyList<string> fields, int most, Action<IReadOnlyList<string?>> onRecord) : IJsonTokenSink
{
    private const int LongestField = 256;

    private readonly Stack<string> path = new([""]);
    private readonly string?[] values = new string?[fields.Count];
    private string property = "";
    private int recordDepth = -1;
    private int field = -1;

    public int Count { get; private set; }

    /// <summary>At least one of the arrays was there, even if empty.</summary>
    public bool Seen { get; private set; }

    /// <summary>The message of a JSON-RPC error, bounded; null when there was none.</summary>
    public string? Error { get; private set; }

    public void Token(ref Utf8JsonReader reader)
    {
        if (recordDepth >= 0)
        {
            InRecord(ref reader);
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                property = reader.GetString()!;
                break;
            case JsonTokenType.StartObject when arrays.Contains(path.Peek()) && property.Length == 0:
                recordDepth = reader.CurrentDepth;
                break;
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                Enter(reader.TokenType == JsonTokenType.StartArray);
                break;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                path.Pop();
                property = "";
                break;
            default:
                Error ??= reader.TokenType == JsonTokenType.String && property == "message" && path.Peek() == "error" ? Bounded(ref reader) : null;
                property = "";
                break;
        }
    }

    private void Enter(bool array)
    {
        var parent = path.Peek();
        var inner = (parent.Length, property.Length) switch
        {
            (0, _) => property,
            (_, 0) => $"{parent}[]",
            _ => $"{parent}.{property}",
        };
        path.Push(inner.Length > LongestField ? "…" : inner);
        property = "";
        Seen |= array && arrays.Contains(inner);
    }

    private void InRecord(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == recordDepth)
        {
            recordDepth = -1;
            if (++Count > most)
            {
                throw new StakeException($"the answer lists more than {most} entries");
            }

            onRecord(values);
            Array.Clear(values);
            return;
        }

        if (reader.CurrentDepth != recordDepth + 1)
        {
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                field = FieldOf(ref reader);
                break;
            case JsonTokenType.String or JsonTokenType.Number when field >= 0:
                values[field] = Bounded(ref reader);
                break;
        }
    }

    private int FieldOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (reader.ValueTextEquals(fields[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Null for what is too long to be a key, an address or a number.</summary>
    private static string? Bounded(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestField)
        {
            return null;
        }

        return reader.TokenType == JsonTokenType.String ? reader.GetString() : Encoding.UTF8.GetString(reader.ValueSpan);
    }
}

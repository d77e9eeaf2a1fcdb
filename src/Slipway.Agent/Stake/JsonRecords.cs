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

    private readonly Stack<string> _path = new([""]);
    private readonly string?[] _values = new string?[fields.Count];
    private string _property = "";
    private int _recordDepth = -1;
    private int _field = -1;

    public int Count { get; private set; }

    /// <summary>At least one of the arrays was there, even if empty.</summary>
    public bool Seen { get; private set; }

    /// <summary>The message of a JSON-RPC error, bounded; null when there was none.</summary>
    public string? Error { get; private set; }

    public void Token(ref Utf8JsonReader reader)
    {
        if (_recordDepth >= 0)
        {
            InRecord(ref reader);
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _property = reader.GetString()!;
                break;
            case JsonTokenType.StartObject when arrays.Contains(_path.Peek()) && _property.Length == 0:
                _recordDepth = reader.CurrentDepth;
                break;
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                Enter(reader.TokenType == JsonTokenType.StartArray);
                break;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                _path.Pop();
                _property = "";
                break;
            default:
                Error ??= reader.TokenType == JsonTokenType.String && _property == "message" && _path.Peek() == "error" ? Bounded(ref reader) : null;
                _property = "";
                break;
        }
    }

    private void Enter(bool array)
    {
        var parent = _path.Peek();
        var inner = (parent.Length, _property.Length) switch
        {
            (0, _) => _property,
            (_, 0) => $"{parent}[]",
            _ => $"{parent}.{_property}",
        };
        _path.Push(inner.Length > LongestField ? "…" : inner);
        _property = "";
        Seen |= array && arrays.Contains(inner);
    }

    private void InRecord(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == _recordDepth)
        {
            _recordDepth = -1;
            if (++Count > most)
            {
                throw new StakeException($"the answer lists more than {most} entries");
            }

            onRecord(_values);
            Array.Clear(_values);
            return;
        }

        if (reader.CurrentDepth != _recordDepth + 1)
        {
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _field = FieldOf(ref reader);
                break;
            case JsonTokenType.String or JsonTokenType.Number when _field >= 0:
                _values[_field] = Bounded(ref reader);
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

using System.Text.Json;

namespace Slipway.Agent.Configuration;

/// <summary>
/// One object of the file while it is read: hands out each key once, and at its end names the keys that nobody asked for.
/// A key whose value is null counts as absent.
/// </summary>
internal sealed class Section
{
    private readonly JsonPlace _place;
    private readonly List<Finding> _findings;
    private readonly List<string> _known = [];

    public Section(JsonPlace place, List<Finding> findings)
    {
        _place = place;
        _findings = findings;
        if (_place.Kind != JsonValueKind.Object)
        {
            Report(_place, $"found {_place.Found}", "an object");
        }
    }

    public Section(JsonPlace place, Section parent)
        : this(place, parent._findings)
    {
    }

    public JsonPlace Place => _place;

    /// <summary>The keys that the file gives, whatever their value.</summary>
    public bool Names(string key) => _place.Members.Any(member => member.Name == key);

    public JsonPlace? Take(string key)
    {
        _known.Add(key);
        return _place.Members.FirstOrDefault(member => member.Name == key) is { Value.Kind: not JsonValueKind.Null } member ? member.Value : null;
    }

    public Section? Object(string key) => Take(key) is { } value ? new Section(value, this) : null;

    /// <summary>The value by its own reader, or the fallback where the key is absent or the reader found fault.</summary>
    public T Read<T>(string key, T fallback, Func<JsonPlace, T?> reader)
        where T : class => Take(key) is { } value ? reader(value) ?? fallback : fallback;

    public T? ReadOrNull<T>(string key, Func<JsonPlace, T?> reader)
        where T : class => Take(key) is { } value ? reader(value) : null;

    public int Integer(string key, int fallback, int least, int most) => (int)Long(key, fallback, least, most);

    public int? OptionalInteger(string key, int least, int most) => Take(key) is { } value ? (int?)Integer(value, least, most) : null;

    public long Long(string key, long fallback, long least, long most) => Take(key) is { } value ? Integer(value, least, most) ?? fallback : fallback;

    public TimeSpan Seconds(string key, TimeSpan fallback, int least, int most) =>
        TimeSpan.FromSeconds(Long(key, (long)fallback.TotalSeconds, least, most));

    public bool? Boolean(string key)
    {
        if (Take(key) is not { } value)
        {
            return null;
        }

        if (value.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.Kind == JsonValueKind.True;
        }

        Report(value, $"found {value.Found}", "true or false");
        return null;
    }

    public T Choice<T>(string key, T fallback, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (Take(key) is not { } value)
        {
            return fallback;
        }

        foreach (var (word, meaning) in choices)
        {
            if (value.Kind == JsonValueKind.String && value.Text == word)
            {
                return meaning;
            }
        }

        var words = new List<string>();
        foreach (var (word, _) in choices)
        {
            words.Add(word);
        }

        Report(value, $"found {value.Found}", $"one of {string.Join(", ", words)}");
        return fallback;
    }

    public IReadOnlyList<T> List<T>(string key, int most, IReadOnlyList<T> fallback, Func<JsonPlace, T?> reader)
    {
        if (Take(key) is not { } value)
        {
            return fallback;
        }

        if (value.Kind != JsonValueKind.Array)
        {
            Report(value, $"found {value.Found}", "a list");
            return fallback;
        }

        if (value.Items.Count > most)
        {
            Report(value, $"the list has {value.Items.Count} entries", $"at most {most}");
            return fallback;
        }

        var list = new List<T>(value.Items.Count);
        foreach (var item in value.Items)
        {
            if (reader(item) is { } read)
            {
                list.Add(read);
            }
        }

        return list;
    }

    public string? Text(JsonPlace value, string expected)
    {
        if (value.Kind == JsonValueKind.String && value.Text.Length > 0 && !value.Text.Any(char.IsControl))
        {
            return value.Text;
        }

        Report(value, $"found {value.Found}", expected);
        return null;
    }

    public void Report(JsonPlace value, string message, string? expected = null, string? hint = null) =>
        _findings.Add(new Finding { Line = value.Line, Column = value.Column, Path = value.Path, Message = message, Expected = expected, Hint = hint });

    public void Required(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (_place.Kind == JsonValueKind.Object && !Has(key))
            {
                Report(_place, $"{key} is missing");
            }
        }
    }

    public void ExactlyOne(string one, string other)
    {
        if (_place.Kind == JsonValueKind.Object && Has(one) == Has(other))
        {
            Report(_place, Has(one) ? $"both {one} and {other} are set" : $"neither {one} nor {other} is set", "exactly one of them");
        }
    }

    /// <summary>Every key that was not asked for is a finding: a misspelt limit must not pass for a limit.</summary>
    public void Close()
    {
        foreach (var member in _place.Members.Where(member => !_known.Contains(member.Name, StringComparer.Ordinal)))
        {
            var near = _known.MinBy(name => Spelling.Distance(name, member.Name));
            _findings.Add(new Finding
            {
                Line = member.Line,
                Column = member.Column,
                Path = member.Value.Path,
                Message = "there is no such key",
                Expected = near is null ? null : $"one of {string.Join(", ", _known)}",
                Hint = near is not null && Spelling.Distance(near, member.Name) <= 2 ? $"did you mean {near}?" : null,
            });
        }
    }

    private bool Has(string key) => _place.Members.Any(member => member.Name == key && member.Value.Kind != JsonValueKind.Null);

    private long? Integer(JsonPlace value, long least, long most)
    {
        if (value.Kind == JsonValueKind.Number && long.TryParse(value.Text, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Report(value, $"found {value.Found}", $"a whole number from {least} to {most}");
        return null;
    }
}

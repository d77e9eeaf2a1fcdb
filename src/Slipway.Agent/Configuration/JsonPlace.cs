using System.Text.Json;

namespace Slipway.Agent.Configuration;

/// <summary>A JSON value that knows where it stands, so that a finding can say line, column and path.</summary>
internal sealed record JsonPlace
{
    public required JsonValueKind Kind { get; init; }

    public required string Path { get; init; }

    public required int Line { get; init; }

    public required int Column { get; init; }

    /// <summary>The text of a string, or a number as it was written.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<JsonMember> Members { get; init; } = [];

    public IReadOnlyList<JsonPlace> Items { get; init; } = [];

    /// <summary>What it is, in words, with a bounded part of its value.</summary>
    public string Found => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"\"{Short}\"",
        JsonValueKind.Number => Short,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private string Short => Text.Length <= 60 ? Text : string.Concat(Text.AsSpan(0, 60), "…");
}

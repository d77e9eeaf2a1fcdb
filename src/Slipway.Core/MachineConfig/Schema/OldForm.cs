namespace Slipway.Core.MachineConfig.Schema;

/// <summary>Paths of the v1alpha1 document that a newer document excludes: a line of old-forms.txt.</summary>
/// <param name="Name">Only the document of this name; null for any.</param>
/// <param name="Field">Only when the document has this field; null for always.</param>
internal sealed record OldForm(string Kind, string? Name, string? Field, IReadOnlyList<(string Path, string? Value)> Excluded)
{
    private static readonly Lazy<IReadOnlyList<OldForm>> s_all = new(() => [.. EmbeddedTable.Lines("old-forms.txt").Select(Parse)]);

    public static IReadOnlyList<OldForm> All => s_all.Value;

    private static OldForm Parse(string line)
    {
        var words = line.Split(' ');
        var (document, field) = Cut(words[0], '?');
        var (kind, name) = Cut(document, '/');
        return new OldForm(kind, name, field, [.. words.Skip(1).Select(word => Cut(word, '='))]);
    }

    private static (string Head, string? Tail) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var i ? (text[..i], text[(i + 1)..]) : (text, null);
}

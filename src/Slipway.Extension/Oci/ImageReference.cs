using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Slipway.Extension.Oci;

/// <summary>
/// <c>registry.example:5000/team/slipway-xdp:0.1.0</c>. The first part is a registry when it holds a dot or a colon or is
/// <c>localhost</c>, as docker has it (distribution/reference); a name without a registry is a local one.
/// </summary>
public sealed partial record ImageReference
{
    /// <summary>Host and port, or null.</summary>
    public string? Registry { get; private init; }

    public required string Repository { get; init; }

    public string? Tag { get; init; }

    /// <summary><c>sha256:…</c>, when the reference is pinned.</summary>
    public string? Digest { get; init; }

    /// <summary>Registry and repository, without tag and digest.</summary>
    public string Name => Registry is null ? Repository : $"{Registry}/{Repository}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (text is null || text.Length > 512 || Pattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var name = match.Groups["name"].Value;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var registry = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost" ? first : null;
        var repository = registry is null ? name : name[(slash + 1)..];
        if (!RepositoryPattern().IsMatch(repository) || (registry is not null && !Uri.TryCreate($"http://{registry}/", UriKind.Absolute, out _)))
        {
            return false;
        }

        reference = new ImageReference
        {
            Registry = registry,
            Repository = repository,
            Tag = match.Groups["tag"] is { Success: true } tag ? tag.Value : null,
            Digest = match.Groups["digest"] is { Success: true } digest ? digest.Value : null,
        };
        return true;
    }

    public override string ToString() => Name + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9._\-]+(:[0-9]{1,5}(?=/))?(/[a-z0-9._\-]+)*)(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.\-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryPattern();
}

namespace Slipway.Core.Secrets;

/// <summary>
/// Text that must not reach a log, a plan, a diff or an exception. Redaction is by type: whatever prints a value prints
/// <c>***</c>, and only a caller that says <see cref="Reveal"/> gets the text.
/// </summary>
public sealed class Sensitive(string text) : IEquatable<Sensitive>
{
    /// <summary>What is printed in place of a secret.</summary>
    public const string Mask = "***";

    private readonly string _text = text;

    /// <summary>The secret itself, for the wire and for files of mode 0600.</summary>
    public string Reveal() => _text;

    public override string ToString() => Mask;

    public bool Equals(Sensitive? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Sensitive);

    public override int GetHashCode() => string.GetHashCode(_text, StringComparison.Ordinal);
}

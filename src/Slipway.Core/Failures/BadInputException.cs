using Slipway.Core.Diagnostics;

namespace Slipway.Core.Failures;

/// <summary>A file that the user gave cannot be used; carries every finding, not just the first.</summary>
public sealed class BadInputException(IReadOnlyList<Diagnostic> diagnostics)
    : Exception(string.Join('\n', diagnostics))
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}

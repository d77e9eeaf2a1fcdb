namespace Slipway.Core.Failures;

/// <summary>
/// A failure that an operator shall read. The message says what failed, what was expected and what was found; it holds no
/// secret. What nobody foresaw stays an ordinary exception.
/// </summary>
public sealed class SlipwayException(FailureReason reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public FailureReason Reason { get; } = reason;

    /// <summary>The node that it happened on, by its name in the spec, when it happened on one.</summary>
    public string? Node { get; init; }

    /// <summary>The phase of the run, when there was one.</summary>
    public string? Phase { get; init; }

    public string? Expected { get; init; }

    public string? Found { get; init; }

    /// <summary>What to try next.</summary>
    public string? Hint { get; init; }
}

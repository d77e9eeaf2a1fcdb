namespace Slipway.Xdp.Loading;

/// <summary>What of the verifier's log a person can use: its end.</summary>
internal static class VerifierLog
{
    private const int Lines = 10;

    /// <summary>The last lines that say something, without the statistics that follow the complaint.</summary>
    public static IReadOnlyList<string> Tail(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return [.. log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("processed ", StringComparison.Ordinal) && !line.StartsWith("verification time", StringComparison.Ordinal))
            .TakeLast(Lines)];
    }
}

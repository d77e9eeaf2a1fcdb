using System.Text.RegularExpressions;
using Slipway.Core.Failures;

namespace Slipway.Kubernetes.Helm;

/// <summary>Reads the reason out of what helm printed, and shows all of it: helm 4 tells the real one before its last line.</summary>
internal static partial class HelmErrors
{
    private static readonly (FailureReason Reason, string Hint, string[] Signs)[] s_signs =
    [
        (FailureReason.UntrustedPeer, "is the kubeconfig of this cluster?", ["x509:", "certificate signed by unknown authority"]),
        (FailureReason.PermissionDenied, "the kubeconfig's identity may not do this", ["Unauthorized", "is forbidden:", "server has asked for the client to provide credentials"]),
        (FailureReason.NotYet, "a helm was stopped half-way, or another one runs now: run again, and what is pending is cleared first", ["another operation (install/upgrade/rollback) is in progress"]),
        (FailureReason.BadInput, "correct cilium.values in cluster.yaml", ["values don't meet the specifications of the schema"]),
        (FailureReason.Unreachable, "the Kubernetes API went away; run again when it is back",
            ["connection refused", "no such host", "i/o timeout", "TLS handshake timeout", "connection reset by peer", "no route to host", "cluster unreachable", "unexpected EOF", ": EOF", "client connection lost", "http2: server sent GOAWAY"]),
    ];

    public static SlipwayException From(HelmResult result, string what)
    {
        var (reason, hint, _) = s_signs.FirstOrDefault(sign => sign.Signs.Any(text => result.Errors.Contains(text, StringComparison.OrdinalIgnoreCase)));
        var known = hint is not null;
        // A chart that cannot be fetched looks like a cluster that is away, and needs another answer.
        if (Fetching().IsMatch(result.Errors))
        {
            (reason, hint, known) = (FailureReason.Helm, "is cilium.chart right and reachable from here? A folder or .tgz needs no network", true);
        }

        return new SlipwayException(known ? reason : FailureReason.Helm, $"helm: {what} ended with exit code {result.ExitCode}:\n{(result.Errors.Length > 0 ? result.Errors : "(helm printed nothing)")}")
        {
            Expected = $"helm succeeds in {what}",
            Found = $"exit code {result.ExitCode}",
            Hint = hint,
        };
    }

    public static bool IsNotFound(HelmResult result) => result.Errors.Contains("release: not found", StringComparison.Ordinal);

    /// <summary>Managers of the fields that server-side apply refused to take; empty when that was not the trouble.</summary>
    public static IReadOnlyList<string> ConflictingManagers(HelmResult result) =>
        [.. Manager().Matches(result.Errors).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("""conflicts? with "([^"]+)"|(?<=^|\s)- "([^"]+)" using""", RegexOptions.CultureInvariant)]
    private static partial Regex Manager();

    [GeneratedRegex(@"(looks like "".*"" is not a valid chart repository|failed to download|chart "".*"" .*not found|repo .* not found|path "".*"" not found|failed to fetch|failed to perform ""FetchReference"")", RegexOptions.CultureInvariant)]
    private static partial Regex Fetching();
}

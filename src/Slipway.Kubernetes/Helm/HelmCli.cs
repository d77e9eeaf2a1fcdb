using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Versions;
using Slipway.Engine.Ports;

namespace Slipway.Kubernetes.Helm;

/// <summary>
/// helm 3.14 or later as a process. A helm whose parent is killed goes on to its own end, which is harmless: at worst it is
/// still at work when the next run finds its release pending. One that was killed itself leaves the release pending, and
/// <see cref="ClearPendingAsync"/> clears it.
/// </summary>
/// <param name="program">Path of helm, from <see cref="HelmLocator"/>.</param>
/// <param name="workFolder">For helm's caches and for the stand-in chart; kept between runs.</param>
public sealed partial class HelmCli(string program, string workFolder, TimeProvider time) : IHelm
{
    private static readonly TimeSpan s_query = TimeSpan.FromSeconds(60);

    private readonly HelmProcess _helm = new(program, workFolder, time);

    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var result = await _helm.RunAsync(["version", "--template", "{{.Version}}"], HelmSecrets.None, s_query, null, cancellationToken);
        var text = result.Output.Trim();
        if (result.ExitCode != 0 || !ReleaseVersion.TryParse(text, out var version))
        {
            throw new SlipwayException(FailureReason.Helm, $"{program} does not say which helm it is: exit code {result.ExitCode}, '{text}' {result.Errors}".TrimEnd());
        }

        return version.IsAtLeast(3, 14) ? $"{version}" : throw new SlipwayException(FailureReason.Helm, $"{program} is helm {version}")
        {
            Expected = "helm 3.14 or later",
            Found = $"{version}",
            Hint = $"install a newer one, or set {HelmLocator.Variable}",
        };
    }

    public async Task<ReleaseObservation?> FindAsync(HelmTarget target, CancellationToken cancellationToken)
    {
        if ((await HistoryAsync(target, cancellationToken)) is not [.., var newest])
        {
            return null;
        }

        var values = await RunAsync(target, ["get", "values", target.Release, "--revision", $"{newest.Revision}", "--output", "json"], cancellationToken);
        // Between the two calls somebody may have uninstalled it.
        return HelmErrors.IsNotFound(values)
            ? null
            : new ReleaseObservation(target.Release, target.Namespace, newest.Revision, newest.Status, newest.Chart, Parse(Succeeded(values, "reading the release's values").Output) as JsonObject ?? []);
    }

    /// <summary>Revisions that helm remembers, oldest first; none when there is no release.</summary>
    private async Task<IReadOnlyList<HelmRevision>> HistoryAsync(HelmTarget target, CancellationToken cancellationToken)
    {
        var result = await RunAsync(target, ["history", target.Release, "--output", "json"], cancellationToken);
        if (result.ExitCode != 0 && HelmErrors.IsNotFound(result))
        {
            return [];
        }

        var revisions = (Parse(Succeeded(result, "reading the release's history").Output) as JsonArray ?? []).OfType<JsonObject>();
        return [.. revisions.Select(HelmRevision.From).OrderBy(revision => revision.Revision)];
    }

    private Task<HelmResult> RunAsync(HelmTarget target, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(target, arguments, s_query, null, cancellationToken);

    private async Task<HelmResult> RunAsync(HelmTarget target, IReadOnlyList<string> arguments, TimeSpan limit, Action<string>? line, CancellationToken cancellationToken)
    {
        var secrets = await HelmSecrets.OfAsync(target.KubeconfigPath, cancellationToken);
        return await _helm.RunAsync([.. arguments, "--namespace", target.Namespace, "--kubeconfig", target.KubeconfigPath], secrets, limit, line, cancellationToken);
    }

    private static HelmResult Succeeded(HelmResult result, string what) => result.ExitCode == 0 ? result : throw HelmErrors.From(result, what);

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException error)
        {
            throw new SlipwayException(FailureReason.Helm, $"helm answered something that is no JSON: {error.Message}", error);
        }
    }

    [GeneratedRegex(@"^version:\s*[""']?([^\s""'#]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ChartVersionLine();
}

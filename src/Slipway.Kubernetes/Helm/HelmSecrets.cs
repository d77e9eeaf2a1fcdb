using System.Text.RegularExpressions;
using Slipway.Core.Secrets;

namespace Slipway.Kubernetes.Helm;

/// <summary>What helm must not be quoted with: the kubeconfig's credentials, keys in PEM, passwords in URLs, bearer tokens.</summary>
internal sealed partial class HelmSecrets
{
    private readonly IReadOnlyList<string> _values;

    private HelmSecrets(IReadOnlyList<string> values) => _values = values;

    public static HelmSecrets None { get; } = new([]);

    /// <summary>A kubeconfig that cannot be read has no secrets to hide; helm itself will say what is wrong with it.</summary>
    public static async Task<HelmSecrets> OfAsync(string kubeconfigPath, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(kubeconfigPath, cancellationToken);
            return new HelmSecrets([.. Credential().Matches(text).Select(match => match.Groups[1].Value).Where(value => value.Length >= 6).Distinct(StringComparer.Ordinal)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    public string Redact(string text)
    {
        text = _values.Aggregate(text, (current, value) => current.Replace(value, Sensitive.Mask, StringComparison.Ordinal));
        text = Pem().Replace(text, Sensitive.Mask);
        text = UserInfo().Replace(text, $"$1{Sensitive.Mask}@");
        return Bearer().Replace(text, $"$1{Sensitive.Mask}");
    }

    [GeneratedRegex("""^\s*-?\s*(?:client-key-data|token|password)\s*:\s*["']?([^\s"']+)""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Credential();

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pem();

    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]*://)[^\s/@:]+:[^\s/@]*@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(\bBearer\s+)[A-Za-z0-9._~+/-]+=*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();
}

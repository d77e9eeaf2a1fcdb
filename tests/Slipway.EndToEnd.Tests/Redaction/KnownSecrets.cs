using System.Text;
using System.Text.RegularExpressions;

namespace Slipway.EndToEnd.Tests.Redaction;

/// <summary>Every secret of a cluster, in each form that it could leak in.</summary>
internal static partial class KnownSecrets
{
    /// <summary>Shorter ones are words that turn up by chance.</summary>
    private const int Shortest = 12;

    /// <param name="yaml">secrets.yaml, a kubeconfig or a talosconfig.</param>
    public static IReadOnlySet<string> Of(string yaml)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Secret().Matches(yaml))
        {
            var value = match.Groups["value"].Value.Trim('"', '\'');
            Add(found, value);
            // Keys are PEM in base64: each line of the PEM would give it away too.
            if (Decoded(value) is { } pem && pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                foreach (var line in pem.Split('\n', StringSplitOptions.TrimEntries).Where(line => !line.StartsWith("-----", StringComparison.Ordinal)))
                {
                    Add(found, line);
                }
            }
        }

        return found;
    }

    private static void Add(HashSet<string> found, string value)
    {
        if (value.Length >= Shortest)
        {
            found.Add(value);
        }
    }

    private static string? Decoded(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    /// <summary>Lines such as <c>key: …</c>, <c>token: …</c>, <c>client-key-data: …</c>; certificates and the cluster's id are no secrets.</summary>
    [GeneratedRegex(@"^\s*(?:-\s+)?(?:key|secret|token|bootstraptoken|trustdtoken|secretboxencryptionsecret|aescbcencryptionsecret|client-key-data)\s*:\s*(?<value>\S+)\s*$",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}

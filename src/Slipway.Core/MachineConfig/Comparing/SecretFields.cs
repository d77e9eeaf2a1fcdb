using System.Text.RegularExpressions;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Secrets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Comparing;

/// <summary>
/// Which values of a machine config must not be shown. By name rather than by kind, so that a field of a newer Talos is
/// covered too; it rather masks too much than too little. Empty values are shown: that a key is missing is worth seeing.
/// </summary>
internal static partial class SecretFields
{
    /// <summary>Parts of a name that make everything below it a secret, in lower case.</summary>
    private static readonly string[] s_nameParts = ["token", "secret", "password", "passphrase", "privatekey", "presharedkey", "apikey", "credential"];

    /// <summary>Whole names that are secrets where they stand.</summary>
    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        // cri RegistryAuthConfig.auth and machine.registries.config.*.auth.auth: user and password in base64
        "auth",
        // cluster.extraManifestHeaders, KubeExternalManifestConfig.headers: Authorization and the like
        "extraManifestHeaders", "headers",
    };

    /// <summary>What holds a private key under the name <c>key</c>.</summary>
    private static readonly HashSet<string> s_keyHolders = new(StringComparer.Ordinal)
    {
        "ca", "aggregatorCA", "serviceAccount", "clientIdentity", "issuingCA", "issuer",
    };

    /// <summary>Names that sound like secrets and are not.</summary>
    private static readonly HashSet<string> s_harmless = new(StringComparer.Ordinal)
    {
        "credentialProviderConfig", "defaultRuntimeSeccompProfileEnabled", "automountServiceAccountToken",
    };

    /// <summary>True when all that stands under <paramref name="name"/> in <paramref name="holder"/> is a secret.</summary>
    /// <param name="holder">The key above, or empty.</param>
    /// <param name="siblings">The map that has the key.</param>
    public static bool IsSecret(string holder, string name, YamlMappingNode siblings)
    {
        if (name == "key" && (s_keyHolders.Contains(holder) || siblings.Find("crt") is not null || siblings.Find("cert") is not null))
        {
            return true;
        }

        if (name == "auth")
        {
            // Below registries it is also the name of the map that has username, password and auth.
            return siblings.Find("auth") is YamlScalarNode;
        }

        var lower = name.ToLowerInvariant();
        return !s_harmless.Contains(name) && (s_names.Contains(name) || s_nameParts.Any(part => lower.Contains(part, StringComparison.Ordinal)));
    }

    /// <summary>The text with secrets inside it masked: PEM keys, passwords and tokens in URLs, and <c>NAME_TOKEN=value</c>.</summary>
    public static string Mask(string text)
    {
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) || IsEncodedKey(text))
        {
            return Sensitive.Mask;
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            text = UrlPassword().Replace(text, "://" + Sensitive.Mask + "@");
        }

        return Assignment().Replace(text, match => $"{match.Groups["name"].Value}{match.Groups["sign"].Value}{Sensitive.Mask}");
    }

    /// <summary>A copy of what stands at a key with all secrets masked.</summary>
    /// <param name="secret">True when everything in it is one.</param>
    public static YamlNode Masked(YamlNode node, string name, bool secret) => node switch
    {
        YamlMappingNode map => MaskedMap(map, name, secret),
        YamlSequenceNode list => new YamlSequenceNode(list.Children.Select(item => Masked(item, name, secret))) { Style = list.Style },
        YamlScalarNode scalar when scalar.IsNil() || scalar.Value is "" => scalar,
        YamlScalarNode when secret => new YamlScalarNode(Sensitive.Mask) { Style = ScalarStyle.DoubleQuoted },
        YamlScalarNode scalar when Mask(scalar.Value!) is var masked && masked != scalar.Value =>
            new YamlScalarNode(masked) { Style = scalar.Style == ScalarStyle.Plain ? ScalarStyle.DoubleQuoted : scalar.Style },
        _ => node,
    };

    private static YamlMappingNode MaskedMap(YamlMappingNode map, string name, bool secret)
    {
        var copy = new YamlMappingNode { Style = map.Style };
        foreach (var (key, value) in map.Children)
        {
            var text = key.KeyText();
            copy.Add(key, Masked(value, text, secret || IsSecret(name, text, map)));
        }

        return copy;
    }

    /// <summary>A PEM private key in base64, as Talos keeps them.</summary>
    private static bool IsEncodedKey(string text)
    {
        const string dashes = "LS0tLS1CRUdJTi";
        if (!text.StartsWith(dashes, StringComparison.Ordinal) || text.Length < 48)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[36];
        return Convert.TryFromBase64String(text[..48], head, out var length)
            && System.Text.Encoding.ASCII.GetString(head[..length]).Contains("PRIVATE", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"://[^/@\s""']+@", RegexOptions.CultureInvariant)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(@"(?<name>[A-Za-z0-9_-]*(token|secret|password|passphrase|api_?key)[A-Za-z0-9_-]*)(?<sign>=)[^&\s]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();
}

using System.Text.RegularExpressions;
using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// Talos decodes an endpoint into Go's url.URL and merges that struct: scheme, host, path, query and fragment each override
/// only when the patch has them. So <c>https://10.0.0.1</c> over <c>https://127.0.0.1:6443/</c> gives <c>https://10.0.0.1/</c>.
/// The parts are those of RFC 3986, appendix B.
/// </summary>
internal static partial class UrlMerge
{
    public static YamlNode Merge(YamlNode? left, YamlNode right)
    {
        if (left.IsNil() || left is not YamlScalarNode { Value.Length: > 0 } old || right is not YamlScalarNode patch)
        {
            return right;
        }

        var merged = Merge(old.Value!, patch.Value ?? "");
        return merged == patch.Value ? right : new YamlScalarNode(merged) { Style = patch.Style };
    }

    public static string Merge(string left, string right)
    {
        var (a, b) = (Pattern().Match(left), Pattern().Match(right));
        var scheme = Pick(a, b, "scheme");
        var host = Pick(a, b, "host");
        var user = Pick(a, b, "user");
        var path = Pick(a, b, "path");
        var query = Pick(a, b, "query");
        var fragment = Pick(a, b, "fragment");
        var authority = host.Length + user.Length > 0 || a.Groups["slashes"].Success || b.Groups["slashes"].Success
            ? $"//{user}{(user.Length > 0 ? "@" : "")}{host}{(path.Length > 0 && path[0] != '/' && host.Length > 0 ? "/" : "")}"
            : "";
        return $"{scheme}{(scheme.Length > 0 ? ":" : "")}{authority}{path}{(query.Length > 0 ? "?" : "")}{query}{(fragment.Length > 0 ? "#" : "")}{fragment}";
    }

    private static string Pick(Match left, Match right, string part) => right.Groups[part].Length > 0 ? right.Groups[part].Value : left.Groups[part].Value;

    [GeneratedRegex(@"^((?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?((?<slashes>//)((?<user>[^/?#@]*)@)?(?<host>[^/?#]*))?(?<path>[^?#]*)(\?(?<query>[^#]*))?(#(?<fragment>.*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}

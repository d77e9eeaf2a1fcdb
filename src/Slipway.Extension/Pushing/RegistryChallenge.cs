using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Slipway.Extension.Pushing;

/// <summary>How a registry wants to be asked, from its <c>WWW-Authenticate</c> (RFC 9110, and the distribution project's token specification).</summary>
internal sealed partial record RegistryChallenge(bool IsBearer, string Realm, string Service, string Scope)
{
    public static RegistryChallenge? Of(HttpResponseMessage response)
    {
        var headers = response.Headers.WwwAuthenticate;
        return headers.FirstOrDefault(header => Is(header, "Bearer")) is { } bearer && Parse(bearer.Parameter ?? "") is { Realm.Length: > 0 } token
            ? token
            : headers.Any(header => Is(header, "Basic")) ? new RegistryChallenge(false, "", "", "") : null;
    }

    private static bool Is(AuthenticationHeaderValue header, string scheme) => string.Equals(header.Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    private static RegistryChallenge Parse(string parameters)
    {
        var values = Parameter().Matches(parameters).ToLookup(match => match.Groups["key"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        return new RegistryChallenge(true, values["realm"].FirstOrDefault() ?? "", values["service"].FirstOrDefault() ?? "", values["scope"].FirstOrDefault() ?? "");
    }

    [GeneratedRegex("(?<key>[a-z]+)=\"(?<value>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}

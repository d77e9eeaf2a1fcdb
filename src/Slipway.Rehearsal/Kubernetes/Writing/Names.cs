using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Writing;

internal static partial class Names
{
    // The alphabet of apimachinery's generated names: no vowels, nothing that reads as another letter.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static string Suffix() => RandomNumberGenerator.GetString(Alphabet, 5);

    /// <summary>The same ten characters for the same template: <c>pod-template-hash</c> and <c>controller-revision-hash</c>.</summary>
    public static string HashOf(JsonNode template)
    {
        var hash = SHA256.HashData(template.ToUtf8());
        return string.Concat(hash.Take(10).Select(value => Alphabet[value % Alphabet.Length]));
    }

    /// <summary>RBAC names are path segments (<c>system:masters</c> is one); everything else is a DNS subdomain.</summary>
    public static bool IsValid(ResourceType type, string name) =>
        type.Group == "rbac.authorization.k8s.io" ? !name.Contains('/', StringComparison.Ordinal) : name.Length <= 253 && Subdomain().IsMatch(name);

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();
}

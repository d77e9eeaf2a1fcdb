using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary><c>NAMESPACE/NAME</c>, the key under which controllers queue work.</summary>
internal static class ObjectKey
{
    public static string Of(StoredObject item) => $"{item.Namespace}/{item.Name}";

    public static (string Namespace, string Name) Split(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (key[..slash], key[(slash + 1)..]);
    }
}

namespace Slipway.Core.Planning;

/// <summary>Dotted paths inside a document, as <see cref="MachineConfig.ConfigChange.Path"/> has them.</summary>
internal static class ConfigPaths
{
    /// <summary>True for the root itself and for what lies in it.</summary>
    public static bool IsBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal)
        && (path.Length == root.Length || path[root.Length] is '.' or '[');
}

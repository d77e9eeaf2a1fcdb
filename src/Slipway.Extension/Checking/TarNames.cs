namespace Slipway.Extension.Checking;

/// <summary>Names of entries, as paths below the root.</summary>
internal static class TarNames
{
    /// <summary><c>./a//b/</c> is <c>a/b</c> and <c>./</c> is empty; null for a name that leads elsewhere or that no file can have.</summary>
    public static string? Normalize(string name)
    {
        if (name.StartsWith('/') || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = name.Split('/').Where(part => part is not ("" or ".")).ToList();
        return parts.Contains("..", StringComparer.Ordinal) ? null : string.Join('/', parts);
    }

    /// <summary>The folders above, the nearest last.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}

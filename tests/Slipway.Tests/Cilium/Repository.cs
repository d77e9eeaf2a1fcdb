namespace Slipway.Tests.Cilium;

/// <summary>Files of the repository that tests read, and vectors beside it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Golden(string name) => Path.Combine(Root, "tests", "Slipway.Tests", "Cilium", "Golden", name);

    /// <summary>A vector's path, or the test is skipped with the reason.</summary>
    public static string Vector(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", "vectors", path));
        Assert.SkipUnless(File.Exists(full), $"the vector {path} is not at hand");
        return full;
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Bootstrap.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("no Bootstrap.sln above the tests");
    }
}

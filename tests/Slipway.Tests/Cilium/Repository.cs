using Slipway.Tests.Architecture;

namespace Slipway.Tests.Cilium;

/// <summary>Files of the repository that tests read, and vectors beside it.</summary>
internal static class Repository
{
    public static string Golden(string name) => Path.Combine(SourceTree.Root, "tests", "Slipway.Tests", "Cilium", "Golden", name);

    /// <summary>A vector's path, or the test is skipped with the reason.</summary>
    public static string Vector(string path)
    {
        var full = Path.GetFullPath(Path.Combine(SourceTree.Root, "..", "shared", "vectors", path));
        Assert.SkipUnless(File.Exists(full), $"the vector {path} is not at hand");
        return full;
    }
}

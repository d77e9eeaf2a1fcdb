using Slipway.Tests.Architecture;

namespace Slipway.Tests;

/// <summary>Inputs and answers of Talos' own programs, kept beside the repository and not in it; without them the tests that need them skip.</summary>
internal static class TalosVectors
{
    private static readonly string s_folder = Path.GetFullPath(Path.Combine(SourceTree.Root, "..", "shared", "vectors", "talos"));

    public static string Read(params string[] path) => File.ReadAllText(Demanded(path, File.Exists));

    public static IReadOnlyList<string> Folders(params string[] path) => Names(Directory.GetDirectories(Demanded(path, Directory.Exists)));

    /// <summary>The names of the files in a folder.</summary>
    public static IReadOnlyList<string> Files(params string[] path) => Names(Directory.GetFiles(Demanded(path, Directory.Exists)));

    private static string[] Names(string[] paths) => [.. paths.Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static string Demanded(string[] path, Func<string, bool> exists)
    {
        var full = Path.Combine([s_folder, .. path]);
        // Of a machine that has the vectors one that is missing is a mistake in the test.
        Assert.SkipUnless(Directory.Exists(s_folder), "the vectors are not beside the repository (../shared/vectors)");
        Assert.True(exists(full), $"there is no vector {full}");
        return full;
    }
}

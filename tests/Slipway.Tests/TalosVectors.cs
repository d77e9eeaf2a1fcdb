namespace Slipway.Tests;

/// <summary>Output of Talos' own programs, kept beside the repository and not in it.</summary>
internal static class TalosVectors
{
    /// <summary>The text of a vector file; skips the test when the vectors are not on this machine.</summary>
    public static string Read(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Bootstrap.sln")))
        {
            folder = folder.Parent;
        }

        var file = Path.Combine([folder?.Parent?.FullName ?? "/", "shared", "vectors", "talos", .. path]);
        Assert.SkipUnless(File.Exists(file), $"the vector {file} is not on this machine");
        return File.ReadAllText(file);
    }
}

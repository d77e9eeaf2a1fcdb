namespace Slipway.Tests.MachineConfig;

/// <summary>Inputs and answers of Talos itself, kept beside the repository; without them the tests that need them skip.</summary>
internal static class TalosVectors
{
    private static readonly string? s_folder = Find();

    public static string Read(params string[] path)
    {
        Assert.SkipWhen(s_folder is null, "the vectors are not beside the repository (../shared/vectors)");
        return File.ReadAllText(Path.Combine([s_folder!, .. path]));
    }

    public static IReadOnlyList<string> Folders(params string[] path)
    {
        Assert.SkipWhen(s_folder is null, "the vectors are not beside the repository (../shared/vectors)");
        return [.. Directory.GetDirectories(Path.Combine([s_folder!, .. path])).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];
    }

    /// <summary>The names of the files in a folder.</summary>
    public static IReadOnlyList<string> Files(params string[] path)
    {
        Assert.SkipWhen(s_folder is null, "the vectors are not beside the repository (../shared/vectors)");
        return [.. Directory.GetFiles(Path.Combine([s_folder!, .. path])).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bootstrap.sln")))
            {
                var vectors = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "vectors", "talos"));
                return Directory.Exists(vectors) ? vectors : null;
            }
        }

        return null;
    }
}

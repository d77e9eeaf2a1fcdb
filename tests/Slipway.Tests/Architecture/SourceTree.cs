using System.Xml.Linq;

namespace Slipway.Tests.Architecture;

/// <summary>The repository as text: what the rules of the house are checked on.</summary>
internal static class SourceTree
{
    /// <summary>The folder that holds Bootstrap.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Project name to the names of the projects that it references.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> References(string sources) =>
        Directory.EnumerateFiles(sources, "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, ReferencesOf, StringComparer.Ordinal);

    /// <summary>Every hand-written C# file, relative to <paramref name="sources"/>.</summary>
    public static IEnumerable<string> Files(string sources) =>
        Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(sources, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static IReadOnlyList<string> ReferencesOf(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => ((string)reference.Attribute("Include")!).Replace('\\', '/'))
            .Select(path => Path.GetFileNameWithoutExtension(path))];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Bootstrap.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Bootstrap.sln is in no folder above the tests");
    }
}

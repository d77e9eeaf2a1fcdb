using Slipway.Core.Failures;

namespace Slipway.Kubernetes;

/// <summary>Finds a program that is not ours: a variable that names it, then .tools/bin beside the executable or in a folder above it, then PATH.</summary>
public static class ToolLocator
{
    /// <returns>An absolute path; null when it is nowhere.</returns>
    /// <exception cref="SlipwayException">The variable names a file that is not there (BadInput).</exception>
    public static string? Find(string tool, string variable, Func<string, string?> environment, string start)
    {
        if (environment(variable) is { Length: > 0 } given)
        {
            return File.Exists(given)
                ? Path.GetFullPath(given)
                : throw new SlipwayException(FailureReason.BadInput, $"{variable} is '{given}', and there is no such file") { Expected = $"the path of a {tool} program" };
        }

        var beside = Above(start).Select(folder => Path.Combine(folder, ".tools", "bin", tool));
        var onPath = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, tool));
        return beside.Concat(onPath).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}

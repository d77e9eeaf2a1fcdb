using Slipway.Core.Failures;

namespace Slipway.Kubernetes.Helm;

/// <summary>Finds the helm program: SLIPWAY_HELM, then .tools/bin/helm beside the executable or in a folder above it, then PATH.</summary>
public static class HelmLocator
{
    public const string Variable = "SLIPWAY_HELM";

    /// <summary>An absolute path.</summary>
    /// <exception cref="SlipwayException">There is no helm (Helm), or SLIPWAY_HELM names a file that is not there (BadInput).</exception>
    public static string Find() => Find(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);

    internal static string Find(Func<string, string?> environment, string start)
    {
        if (environment(Variable) is { Length: > 0 } given)
        {
            return File.Exists(given)
                ? Path.GetFullPath(given)
                : throw new SlipwayException(FailureReason.BadInput, $"{Variable} is '{given}', and there is no such file") { Expected = "the path of a helm program" };
        }

        var beside = Above(start).Select(folder => Path.Combine(folder, ".tools", "bin", "helm"));
        var onPath = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, "helm"));
        return beside.Concat(onPath).FirstOrDefault(File.Exists) ?? throw new SlipwayException(FailureReason.Helm, "there is no helm to run")
        {
            Expected = "helm 3.14 or later",
            Hint = $"install helm, or set {Variable} to its path",
        };
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}

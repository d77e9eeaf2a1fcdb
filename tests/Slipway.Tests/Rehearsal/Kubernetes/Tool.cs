using System.Diagnostics;
using Slipway.Kubernetes;

namespace Slipway.Tests.Rehearsal.Kubernetes;

/// <summary>The real helm or kubectl, run against one cluster with a home of its own.</summary>
internal sealed class Tool(string path, RehearsedCluster cluster)
{
    public static Tool Helm(RehearsedCluster cluster) => new(Find("helm", "SLIPWAY_HELM"), cluster);

    public static Tool Kubectl(RehearsedCluster cluster) => new(Find("kubectl", "SLIPWAY_KUBECTL"), cluster);

    /// <returns>Standard output and standard error together, as a person would see them.</returns>
    public async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs to the end and fails the test, with all that the tool said, if it does not succeed.</summary>
    public async Task<string> MustAsync(params string[] arguments)
    {
        var (exit, output) = await RunAsync(arguments);
        Assert.True(exit == 0, $"{Path.GetFileName(path)} {string.Join(' ', arguments)} ended with {exit}:\n{output}");
        return output;
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = cluster.Folder.FullName,
        };
        var home = cluster.Folder.FullName;
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = home;
        start.Environment["KUBECONFIG"] = cluster.KubeconfigPath;
        start.Environment["HELM_CACHE_HOME"] = Path.Combine(home, "helm-cache");
        start.Environment["HELM_CONFIG_HOME"] = Path.Combine(home, "helm-config");
        start.Environment["HELM_DATA_HOME"] = Path.Combine(home, "helm-data");
        return Process.Start(start)!;
    }

    private static string Find(string name, string variable) =>
        ToolLocator.Find(name, variable, Environment.GetEnvironmentVariable, AppContext.BaseDirectory)
        ?? throw new FileNotFoundException($"no {name}: set {variable}, or put it into .tools/bin");
}

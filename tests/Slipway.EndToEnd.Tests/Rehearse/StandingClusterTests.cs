using System.Diagnostics;

namespace Slipway.EndToEnd.Tests.Rehearse;

/// <summary>What <c>rehearse --keep</c> leaves standing is a cluster to everybody: real kubectl, real helm, and another slipway.</summary>
public sealed class StandingClusterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"slipway-standing-{Guid.NewGuid():N}");

    private string Kubeconfig => Path.Combine(_folder, ".slipway", "rehearsal", "kubeconfig");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Real_kubectl_and_helm_answer_and_a_second_up_changes_nothing()
    {
        using var standing = SlipwayProcess.Launch(new SlipwayProcess.Start(), "rehearse", "--keep", "--dir", _folder, "--progress", "plain");
        try
        {
            await StandsAsync(standing);

            var nodes = await RunAsync(Tools.Kubectl, "--kubeconfig", Kubeconfig, "get", "nodes", "--no-headers");
            var pods = await RunAsync(Tools.Kubectl, "--kubeconfig", Kubeconfig, "get", "pods", "-A", "--no-headers");
            var releases = await RunAsync(Tools.Helm, "--kubeconfig", Kubeconfig, "list", "-A");
            var up = await SlipwayProcess.RunAsync(
                new SlipwayProcess.Start { Folder = _folder, Timeout = Patience }, "up", "-f", "cluster.yaml", "--yes", "-o", "json", "--progress", "none");
            var plan = await SlipwayProcess.RunAsync(new SlipwayProcess.Start { Folder = _folder, Timeout = Patience }, "plan", "-f", "cluster.yaml", "--detailed-exitcode");

            Assert.Equal(5, Lines(nodes).Count(line => line.Contains(" Ready ", StringComparison.Ordinal)));
            Assert.Equal(5, Lines(pods).Count(line => line.Contains(" cilium-", StringComparison.Ordinal) && line.Contains("Running", StringComparison.Ordinal) && !line.Contains("operator", StringComparison.Ordinal)));
            Assert.Contains("deployed", Lines(releases).Single(line => line.StartsWith("cilium", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.True(up.ExitCode == 0, up.Error);
            Assert.Contains("\"done\": []", up.Out, StringComparison.Ordinal);
            Assert.True(plan.ExitCode == 0, plan.Out);
        }
        finally
        {
            standing.Kill(entireProcessTree: true);
            await standing.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task StandsAsync(Process standing)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (await standing.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("Standing", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("the rehearsal ended instead of standing");
    }

    private static async Task<string> RunAsync(string program, params string[] args)
    {
        var info = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

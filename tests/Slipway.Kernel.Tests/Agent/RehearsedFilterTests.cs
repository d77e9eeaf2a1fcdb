using System.Diagnostics;
using System.Globalization;
using Slipway.Core.Versions;
using Slipway.Kernel.Tests.Machine;
using Slipway.Rehearsal;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>
/// A whole day-0 run on a rehearsed machine whose agent is real: the run's last word on the filter is that of a program that the
/// kernel runs before the machine's NIC.
/// </summary>
public sealed class RehearsedFilterTests
{
    [Fact]
    public async Task A_run_brings_the_filter_before_the_NIC_and_a_change_of_its_config_reaches_it_without_an_upgrade()
    {
        Root.Demand();
        var cancellationToken = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("slipway-filter-").FullName;
        var spec = Path.Combine(folder, "cluster.yaml");
        using var clock = VirtualClock.Leaping();
        await using (var host = await RehearsalHost.StartAsync(
            new RehearsalOptions
            {
                ControlPlanes = 1,
                Workers = 1,
                Talos = new ReleaseVersion(1, 13, 9),
                Kubernetes = new ReleaseVersion(1, 33, 5),
                Time = clock,
                Filter = true,
                Installers = SpecInstallers.In(spec),
                Factory = SpecSchematics.In(spec),
                Agent = new AgentProgram { Agent = AgentProcess.Line[^1], Filter = TheFilter.File },
            },
            cancellationToken))
        {
            await File.WriteAllTextAsync(spec, host.ClusterYaml(), cancellationToken);

            var up = await SlipwayAsync(folder, "up", "--yes", "--progress", "plain");
            Assert.True(up.Code == 0, up.Text);
            Assert.Contains("met: the filter observes on w1: in the image, its service up, attached by its agent's word", up.Text, StringComparison.Ordinal);
            Assert.Contains("slw_xdp", Links(host.Nodes[1].LinkName), StringComparison.Ordinal);
            var again = await SlipwayAsync(folder, "plan", "--detailed-exitcode");
            Assert.True(again.Code == 0, again.Text);

            await File.WriteAllTextAsync(spec, (await File.ReadAllTextAsync(spec, cancellationToken)).Replace("mode: observe", "mode: enforce", StringComparison.Ordinal), cancellationToken);
            var enforce = await SlipwayAsync(folder, "up", "--yes", "--progress", "plain");
            Assert.True(enforce.Code == 0, enforce.Text);
            Assert.Contains("met: the filter enforces on w1", enforce.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(host.Ledger, entry => entry.Kind == LedgerKind.Upgraded);
            Assert.Contains("slw_xdp", Links(host.Nodes[1].LinkName), StringComparison.Ordinal);
        }

        Assert.Empty(Agents());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What the kernel says of a NIC in the one agent's network. That of an earlier boot may still be on its way out.</summary>
    private static string Links(string name)
    {
        SpinWait.SpinUntil(() => Agents().Count == 1, TimeSpan.FromSeconds(60));
        return Programs.Run("nsenter", [$"--net=/proc/{Assert.Single(Agents())}/ns/net", "--", "ip", "-d", "link", "show", "dev", name]);
    }

    /// <summary>
    /// Process ids of the agents that this process' rehearsals run, by way of a shell. The folder in their line tells them from the
    /// agents that other tests run in containers meanwhile, which have a parent between them and us as well.
    /// </summary>
    private static List<string> Agents() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).OfType<string>().Where(id => id.All(char.IsAsciiDigit))
            .Where(id => Line(id) is var line && line.Contains("xdp-agent", StringComparison.Ordinal) && line.Contains("/slipway-agents-", StringComparison.Ordinal))
            .Where(id => Parent(id) is { } shell && Parent(shell) == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)),
    ];

    private static string Line(string id) => Read($"/proc/{id}/cmdline");

    private static string? Parent(string id) =>
        Read($"/proc/{id}/status").Split('\n').FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal))?["PPid:".Length..].Trim();

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // Processes come and go.
            return "";
        }
    }

    private static async Task<(int Code, string Text)> SlipwayAsync(string folder, params IEnumerable<string> line)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "slipway"), [.. line, "-f", "cluster.yaml"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}

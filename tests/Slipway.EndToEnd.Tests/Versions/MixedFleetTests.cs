using System.Text.Json;
using Slipway.Core.Versions;
using Slipway.EndToEnd.Tests.Kills;
using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Versions;

/// <summary>A fleet in the middle of its upgrades: each node gets the config of its own Talos, all of it from one spec and one bundle.</summary>
public sealed class MixedFleetTests
{
    /// <summary>The one Kubernetes line that all five support is 1.32 to 1.33.</summary>
    private const string Kubernetes = "v1.33.5";

    private static readonly Dictionary<string, string> s_fleet = new()
    {
        ["cp1"] = "v1.10.9",
        ["cp2"] = "v1.12.11",
        ["cp3"] = "v1.14.0",
        ["w1"] = "v1.11.6",
        ["w2"] = "v1.13.9",
        ["w3"] = "v1.14.0",
        ["w4"] = "v1.10.9",
    };

    [Fact]
    public async Task Nodes_of_five_Talos_lines_come_up_in_one_run_and_a_second_would_change_nothing()
    {
        var run = await RehearsedRun.RunAsync(
            "--control-planes", "3", "--workers", "4", "--kubernetes-version", Kubernetes, "--talos-version", string.Join(',', s_fleet.Select(pair => $"{pair.Key}={pair.Value}")));

        run.AssertConverged();
        var nodes = run.Result.GetProperty("report").GetProperty("nodes").EnumerateArray()
            .ToDictionary(node => node.GetProperty("name").GetString()!, node => node.GetProperty("talos").GetString()!);
        Assert.Equal(s_fleet, nodes);
    }

    [Fact]
    public async Task Up_twice_on_every_Talos_sends_nothing_the_second_time_and_no_list_has_grown()
    {
        await using var lab = await Lab.StartAsync(3, 4, s_fleet.ToDictionary(pair => pair.Key, pair => ReleaseVersion.Parse(pair.Value)), [], TestContext.Current.CancellationToken);

        var first = await lab.UpAsync();
        var (applied, booted) = (lab.Count(LedgerKind.Applied), lab.Count(LedgerKind.Booted));
        var second = await lab.UpAsync();
        var plan = await lab.PlanAsync();

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Equal(s_fleet.Count, applied);
        Assert.Equal((applied, booted), (lab.Count(LedgerKind.Applied), lab.Count(LedgerKind.Booted)));
        Assert.True(plan.ExitCode == 0, plan.Out + plan.Error);
    }

    [Fact]
    public async Task Bonds_with_a_VLAN_on_top_come_up_on_each_dialect_with_one_MTU_on_every_hop()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-bonds-").FullName;
        try
        {
            const string Bond = "interface: {name: bond0, bond: {members: [{mac: \"52:54:00:00:00:01\"}, {pci: \"0000:01:00.1\"}], lacpRate: fast, xmitHashPolicy: layer3+4}, vlan: {id: 7}}";
            await File.WriteAllTextAsync(Path.Combine(folder, "cluster.yaml"), $$$"""
                name: bonds
                endpoint: https://10.0.0.10:6443
                talos: {version: v1.13.9}
                kubernetes: {version: v1.33.5}
                network: {operatorCIDRs: [192.0.2.0/24]}
                nodes:
                  - {name: cp, address: 10.0.0.11, role: controlplane, install: {disk: /dev/sda}}
                  - {name: old, address: 10.0.0.21, role: worker, install: {disk: /dev/sda}, talos: {version: v1.11.6}, {{{Bond}}} }
                  - {name: mid, address: 10.0.0.22, role: worker, install: {disk: /dev/sda}, {{{Bond}}} }
                  - {name: new, address: 10.0.0.23, role: worker, install: {disk: /dev/sda}, talos: {version: v1.14.0}, {{{Bond}}} }
                """, TestContext.Current.CancellationToken);

            var run = await SlipwayProcess.RunAsync(
                new SlipwayProcess.Start { Folder = folder, Timeout = TimeSpan.FromMinutes(3) }, "rehearse", "-f", "cluster.yaml", "-o", "json", "--progress", "plain");

            // The doctor's list at the end looks at the VLAN, the bond and both NICs of each.
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.DoesNotContain("old: link.mtu", run.Error, StringComparison.Ordinal);
            using var result = JsonDocument.Parse(run.Out);
            Assert.True(result.RootElement.GetProperty("converged").GetBoolean());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_users_own_spec_says_which_node_runs_what()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-mixed-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "cluster.yaml"), """
                name: prod
                endpoint: https://10.0.0.10:6443
                talos: {version: v1.13.9}
                kubernetes: {version: v1.33.5}
                network: {operatorCIDRs: [192.0.2.0/24]}
                nodes:
                  - {name: cp, address: 10.0.0.11, role: controlplane, install: {disk: /dev/sda}, talos: {version: v1.11.6}}
                  - {name: val, address: 10.0.0.21, role: worker, profile: agave, install: {disk: /dev/sda}, talos: {version: v1.14.0}}
                  - {name: rpc, address: 10.0.0.22, role: worker, install: {disk: /dev/sda}}
                """, TestContext.Current.CancellationToken);

            var run = await SlipwayProcess.RunAsync(
                new SlipwayProcess.Start { Folder = folder, Timeout = TimeSpan.FromMinutes(3) }, "rehearse", "-f", "cluster.yaml", "-o", "json", "--progress", "none");

            Assert.True(run.ExitCode == 0, run.Error);
            using var result = JsonDocument.Parse(run.Out);
            Assert.True(result.RootElement.GetProperty("converged").GetBoolean());
            Assert.Equal(["v1.11.6", "v1.14.0", "v1.13.9"], result.RootElement.GetProperty("report").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("talos").GetString()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

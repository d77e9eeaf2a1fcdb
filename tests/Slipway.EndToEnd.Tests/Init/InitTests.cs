using System.Text.RegularExpressions;
using Slipway.Core.Versions;
using Slipway.EndToEnd.Tests.Kills;

namespace Slipway.EndToEnd.Tests.Init;

/// <summary>What the program drafts from blank machines is a spec that it accepts and plans, with the profile that it proposes too.</summary>
public sealed class InitTests
{
    [Fact]
    public async Task A_draft_is_valid_and_plans_as_it_is_and_with_the_proposed_profile_taken_in()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        // Before Talos 1.13 a blank machine tells fewer facts.
        await using var lab = await Lab.StartAsync(1, 2, new Dictionary<string, ReleaseVersion> { ["w2"] = ReleaseVersion.Parse("v1.12.11") }, [], cancellationToken);
        var draft = await SlipwayProcess.RunAsync(
            new SlipwayProcess.Start { Timeout = TimeSpan.FromMinutes(3) },
            "init", "--nodes", string.Join(',', lab.Host.Nodes.Select(machine => machine.Address)), "--control-planes", "1", "--talos-version", "v1.13.9", "--kubernetes-version", "v1.33.5");
        Assert.True(draft.ExitCode == 0, draft.Error);
        Assert.Contains("  # 64 CPUs of 32 cores; NUMA node 0 has CPUs 0-63; NIC enp1s0f0np0, mlx5_core, up to 63 queues\n", draft.Out, StringComparison.Ordinal);

        await lab.ChangeSpecAsync(_ => draft.Out, cancellationToken);
        var plain = await lab.PlanAsync();
        await lab.ChangeSpecAsync(text => Regex.Replace(text, "^( *)#(profiles?:|  )", "$1$2", RegexOptions.Multiline), cancellationToken);
        var proposed = await lab.PlanAsync();

        Assert.True(plain.ExitCode == 2, plain.Error);
        Assert.True(proposed.ExitCode == 2, proposed.Error);
        Assert.Contains("install Talos v1.13.9 as worker", proposed.Out, StringComparison.Ordinal);
        Assert.Contains("profile: validator-64", await File.ReadAllTextAsync(Path.Combine(lab.Folder, "cluster.yaml"), cancellationToken), StringComparison.Ordinal);
    }
}

namespace Slipway.EndToEnd.Tests.Faults;

/// <summary>
/// One fault, alone, that strikes as a phase begins: each phase of a run in turn.
/// </summary>
public abstract class PhaseFaultTests
{
    /// <summary>Whatever the engine's list says: a phase that is added is struck too, or its test fails for want of an expectation.</summary>
    public static TheoryData<string> Phases { get; } = [.. Engine.Running.Runner.PhaseIds];

    private protected static async Task<RehearsedRun> StrikeAsync(string fault, string phase)
    {
        using var folder = new TemporaryFolder();
        // A phase that has nothing to do is struck as well; this one has something to do only where there are no secrets yet.
        var secrets = phase == Core.Planning.PhaseIds.Secrets ? null : SharedSecrets.File;
        var run = await RehearsedRun.InMemoryAsync(secrets, "--control-planes", "1", "--workers", "1", "--fault", $"{fault}!{phase}", "--dir", folder.At("lab"));

        var ledger = Ledger.Read(folder.At("lab"));
        Assert.InRange(ledger.Count(entry => entry.Kind == "EtcdBootstrapped"), 0, 1);
        Assert.InRange(ledger.Count(entry => entry.Kind == "InstallStarted"), 0, 2);
        return run;
    }

    /// <summary>Whether a phase comes before another in the run.</summary>
    private protected static bool IsBefore(string phase, string other) => IndexOf(phase) < IndexOf(other);

    private static int IndexOf(string phase)
    {
        var index = Engine.Running.Runner.PhaseIds.ToList().IndexOf(phase);
        Assert.True(index >= 0, $"there is no phase {phase}");
        return index;
    }
}

[Collection(nameof(PhaseFaultTests))]
public sealed class LostWorkerTests : PhaseFaultTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task A_worker_that_loses_its_power_for_good_is_named(string phase)
    {
        var run = await StrikeAsync("never-back:w1", phase);

        run.AssertFailed(6, "w1");
    }
}

[Collection(nameof(PhaseFaultTests))]
public sealed class LostControlPlaneTests : PhaseFaultTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task The_only_control_plane_that_loses_its_power_for_good_is_named_or_its_api(string phase)
    {
        var run = await StrikeAsync("never-back:cp1", phase);

        run.AssertFailed(6, IsBefore(phase, "control-plane") ? "cp1" : null);
    }
}

[Collection(nameof(PhaseFaultTests))]
public sealed class WrongCertificateTests : PhaseFaultTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task A_node_that_shows_another_authoritys_certificate_is_not_trusted(string phase)
    {
        var run = await StrikeAsync("wrong-cert:cp1", phase);

        run.AssertFailed(5, "cp1");
    }
}

[Collection(nameof(PhaseFaultTests))]
public sealed class SwappedMachineTests : PhaseFaultTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task A_machine_that_is_swapped_for_another_ends_the_run(string phase)
    {
        var run = await StrikeAsync("wrong-uuid:w1", phase);

        run.AssertFailed(7, "w1");
    }
}

[Collection(nameof(PhaseFaultTests))]
public sealed class FullDiskTests : PhaseFaultTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task A_disk_that_is_full_stops_an_install_and_nothing_after_it(string phase)
    {
        var run = await StrikeAsync("disk-full:cp1", phase);

        if (!IsBefore("install", phase))
        {
            run.AssertFailed(5, "cp1");
        }
        else
        {
            run.AssertConverged();
        }
    }
}

[Collection(nameof(PhaseFaultTests))]
public sealed class ApiAwayByPhaseTests : PhaseFaultTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task An_api_that_is_away_for_two_minutes_is_waited_for(string phase)
    {
        var run = await StrikeAsync("api-away:120s@0s", phase);

        run.AssertConverged();
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task An_api_that_stays_away_ends_the_run(string phase)
    {
        var run = await StrikeAsync("api-away:10h@0s", phase);

        // 5 where a call that is under way meets nobody (helm, a policy), 6 where the API is waited for.
        Assert.Contains(run.ExitCode, new[] { 5, 6 });
        run.AssertFailed(run.ExitCode, null);
    }
}

[Collection(nameof(PhaseFaultTests))]
public sealed class CutByPhaseTests : PhaseFaultTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Connections_cut_before_the_phases_first_calls_are_made_again(string phase)
    {
        var run = await StrikeAsync("cut-before:*@*x2", phase);

        run.AssertConverged();
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Connections_cut_after_the_phases_first_calls_are_made_again(string phase)
    {
        var run = await StrikeAsync("cut-after:*@*x2", phase);

        run.AssertConverged();
    }
}

[Collection(nameof(PhaseFaultTests))]
public sealed class SlowNodeTests : PhaseFaultTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task A_node_that_becomes_slow_is_waited_for(string phase)
    {
        var run = await StrikeAsync("slow:cp1:6", phase);

        run.AssertConverged();
    }
}

namespace Slipway.EndToEnd.Tests.Faults;

/// <summary>A connection that breaks around any call of a run, before its effect or after it: the run heals by itself.</summary>
public abstract class CutTests(string moment)
{
    /// <summary>Every method that a run calls; several in a row where it is asked often, so that more than one phase is struck.</summary>
    public static TheoryData<string> Calls { get; } =
    [
        "ApplyConfiguration@cp1",
        "ApplyConfiguration@w1",
        "Bootstrap@cp1",
        "Kubeconfig@cp1",
        "EtcdMemberList@cp1",
        "Version@*x3",
        "Get@*x4",
        "List@*x3",
        "Watch@*x2",
        "Disks@*x2",
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_run_survives_a_connection_cut_around(string call)
    {
        using var folder = new TemporaryFolder();
        var run = await RehearsedRun.SmallAsync("--fault", $"{moment}:{call}", "--dir", folder.At("lab"));

        run.AssertConverged();
        var ledger = Ledger.Read(folder.At("lab"));
        Assert.Contains(ledger, entry => entry.Kind == "Fault");
        Assert.Equal(1, ledger.Count(entry => entry.Kind == "EtcdBootstrapped"));
        Assert.Equal(2, ledger.Count(entry => entry.Kind == "InstallStarted"));
    }
}

public sealed class CutBeforeTests() : CutTests("cut-before");

public sealed class CutAfterTests() : CutTests("cut-after");

namespace Slipway.EndToEnd.Tests.Faults;

/// <summary>The Kubernetes API goes away, at different moments and for different times.</summary>
public sealed class ApiAwayTests
{
    /// <summary>All well before the end of the run, which waits for Cilium some ten seconds after the API appeared.</summary>
    [Theory]
    [InlineData("120s@0s")]
    [InlineData("120s@1s")]
    [InlineData("120s@3s")]
    public async Task An_api_that_comes_back_is_waited_for(string fault)
    {
        using var folder = new TemporaryFolder();
        var run = await RehearsedRun.SmallAsync("--fault", $"api-away:{fault}", "--dir", folder.At("lab"));

        run.AssertConverged();
        Assert.Contains(Ledger.Read(folder.At("lab")), entry => entry.Kind == "Fault");
    }

    [Fact]
    public async Task An_api_that_stays_away_ends_with_6_and_its_address()
    {
        var run = await RehearsedRun.SmallAsync("--fault", "api-away:10h@0s");

        run.AssertFailed(6, null, "control-plane", "the Kubernetes API is ready at 127.", "127.");
    }
}

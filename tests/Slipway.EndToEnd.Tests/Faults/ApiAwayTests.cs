namespace Slipway.EndToEnd.Tests.Faults;

/// <summary>The Kubernetes API goes away, at different moments and for different times.</summary>
public sealed class ApiAwayTests
{
    [Theory]
    [InlineData("120s@0s")]
    [InlineData("120s@6s")]
    [InlineData("120s@30s")]
    public async Task An_api_that_comes_back_is_waited_for(string fault)
    {
        var run = await RehearsedRun.SmallAsync("--fault", $"api-away:{fault}");

        run.AssertConverged();
    }

    [Fact]
    public async Task An_api_that_stays_away_ends_with_6_and_its_address()
    {
        var run = await RehearsedRun.SmallAsync("--fault", "api-away:10h@0s");

        run.AssertFailed(6, null, "control-plane", "the Kubernetes API is ready at 127.", "127.");
    }
}

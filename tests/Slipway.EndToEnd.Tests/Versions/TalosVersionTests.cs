namespace Slipway.EndToEnd.Tests.Versions;

/// <summary>Every Talos that can be rehearsed, with a Kubernetes that it supports.</summary>
public sealed class TalosVersionTests
{
    [Theory]
    [InlineData("v1.10.9", "v1.32.9")]
    [InlineData("v1.11.6", "v1.33.5")]
    [InlineData("v1.12.11", "v1.34.1")]
    [InlineData("v1.13.9", "v1.35.0")]
    [InlineData("v1.14.0", "v1.35.0")]
    public async Task A_day_0_run_converges_and_a_second_would_change_nothing(string talos, string kubernetes)
    {
        var run = await RehearsedRun.WithNewSecretsAsync("--control-planes", "1", "--workers", "1", "--talos-version", talos, "--kubernetes-version", kubernetes);

        run.AssertConverged();
        Assert.All(run.Result.GetProperty("report").GetProperty("nodes").EnumerateArray(), node => Assert.Equal(talos, node.GetProperty("talos").GetString()));
    }
}

using Slipway.Cli;
using Slipway.Tests.Extension;

namespace Slipway.Tests.Cli;

public sealed class ExtensionCommandTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_agent_and_filter_it_says_how_to_make_them()
    {
        var run = await RunAsync("extension", "build");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("artifacts/agent/xdp-agent: error: there is no such file", run.Error, StringComparison.Ordinal);
        Assert.Contains("image/build.sh", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_is_built_and_checked()
    {
        File.WriteAllBytes(_folder["agent"], SampleParts.Content().Agent.ToArray());
        File.WriteAllBytes(_folder["filter.o"], SampleParts.Content().XdpObject.ToArray());

        var built = await RunAsync("extension", "build", "--agent", "agent", "--object", "filter.o", "--to", "x.tar", "--tag", "registry.example/x:1");
        var check = await RunAsync("extension", "check", "x.tar", "--talos-version", "v1.13.0");
        var old = await RunAsync("extension", "check", "x.tar", "--talos-version", "v1.9.0");

        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok, ExitCodes.BadInput), (built.ExitCode, check.ExitCode, old.ExitCode));
        Assert.Contains("registry.example/x:1 for linux/amd64", built.Out, StringComparison.Ordinal);
        Assert.Contains("services  ext-slipway-xdp", check.Out, StringComparison.Ordinal);
        Assert.Contains("not for Talos v1.9.0", old.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_without_a_registry_is_bad_input() =>
        Assert.Equal(ExitCodes.BadInput, (await RunAsync("extension", "push", "x.tar", "slipway-xdp")).ExitCode);

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.Of(new Dictionary<string, string>(), _folder.Path, "", arguments);
}

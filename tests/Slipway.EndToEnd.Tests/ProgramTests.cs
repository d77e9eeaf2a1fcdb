using System.Text.Json;

namespace Slipway.EndToEnd.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task The_program_tells_its_version()
    {
        var run = await SlipwayProcess.RunAsync("version", "-o", "json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
        using var document = JsonDocument.Parse(run.Out);
        Assert.Equal("Version", document.RootElement.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_command_that_does_not_exist_ends_with_3_and_one_clear_line()
    {
        var run = await SlipwayProcess.RunAsync("lunch");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}

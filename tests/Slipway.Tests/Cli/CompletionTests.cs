using System.Globalization;

namespace Slipway.Tests.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("slipway ver", "version")]
    [InlineData("slipway version --ou", "--output")]
    [InlineData("slipway version -o ", "table,json,yaml")]
    [InlineData("slipway version --progress ", "auto,plain,json,none")]
    [InlineData("slipway completion ", "bash,zsh,fish")]
    public async Task The_shell_is_offered_what_fits(string line, string expected)
    {
        var run = await CliRun.Of($"[suggest:{line.Length.ToString(CultureInfo.InvariantCulture)}]", line);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(expected.Split(',').Order(), run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Theory]
    [InlineData("bash", "complete -F")]
    [InlineData("zsh", "compadd")]
    [InlineData("fish", "complete -c slipway")]
    public async Task Each_shell_gets_a_script_that_asks_slipway(string shell, string expected)
    {
        var run = await CliRun.Of("completion", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }
}

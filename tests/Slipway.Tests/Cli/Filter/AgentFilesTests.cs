using Slipway.Cli.Filter;

namespace Slipway.Tests.Cli.Filter;

public sealed class AgentFilesTests
{
    private const string Status = """
        {"schema":1,"version":"0.1.0","writtenAt":"2026-11-23T10:00:00Z","startedAt":"2026-11-23T09:00:00Z","everySeconds":5,"mode":"Observe","unheardOf":1,
         "config":{"path":"/x","generation":1,"missing":true,"loadedAt":"2026-11-23T09:00:00Z"}}
        """;

    [Fact]
    public void A_status_with_the_least_that_it_can_have_has_empty_lists()
    {
        var status = AgentFiles.Status(Status)!;

        Assert.Empty(status.Problems);
        Assert.Empty(status.Counters);
        Assert.Empty(status.Config.Findings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"schema\":2}")]
    public void What_is_no_file_of_the_agents_is_null(string text)
    {
        Assert.Null(AgentFiles.Status(text));
        Assert.Null(AgentFiles.Tables(text));
    }
}

using System.CommandLine;
using Slipway.Benchmarks.Agent;
using Slipway.Benchmarks.Connections;
using Slipway.Benchmarks.Follow;
using Slipway.Benchmarks.Rendering;
using Slipway.Benchmarks.Scale;
using Slipway.Benchmarks.Xdp;
using Slipway.Core.Failures;

// Each measurement runs in a process of its own, which is this program with a hidden command: what one leaves in memory,
// compiled code or sockets must not be in the figures of the next.
var root = new RootCommand("What Slipway costs: time, memory and connections, by the number of nodes")
{
    ScaleBenchmark.Command(),
    ConnectionsBenchmark.Command(),
    RenderBenchmark.Command(),
    XdpBenchmark.Command(),
    AgentBenchmark.Command(),
    FollowBenchmark.Command(),
    ScaleRun.Command(),
    StandingNodes.Command(),
    HeldConnections.Command(),
    RenderRun.Command(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is SlipwayException or InvalidOperationException or ArgumentException or FormatException)
{
    await Console.Error.WriteLineAsync($"error: {error.Message}");
    if (error is SlipwayException { Hint: { } hint })
    {
        await Console.Error.WriteLineAsync($"hint: {hint}");
    }

    return 1;
}

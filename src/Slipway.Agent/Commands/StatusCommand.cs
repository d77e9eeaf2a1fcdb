using System.Globalization;
using System.Text;
using Slipway.Agent.Metrics;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Commands;

internal static class StatusCommand
{
    /// <summary>4 when the agent is silent or has a problem.</summary>
    public static int Run(Arguments arguments, TextWriter output, TextWriter errors)
    {
        var path = Path.Combine(arguments.StatusFolder, "status.json");
        var json = File.ReadAllBytes(path);
        if (StatusJson.ReadStatus(json) is not { } status)
        {
            errors.WriteLine($"xdp-agent: {path} is no status of this agent's kind");
            return 1;
        }

        var silent = TimeProvider.System.GetUtcNow() - status.WrittenAt;
        var gone = silent > TimeSpan.FromSeconds(3 * status.EverySeconds);
        output.Write(arguments.Json ? Encoding.UTF8.GetString(json) + "\n" : Text(status));
        if (gone)
        {
            errors.WriteLine($"xdp-agent: no agent has written for {silent.TotalSeconds:0} s: is it running?");
        }

        return gone || status.Problems.Count > 0 ? 4 : 0;
    }

    private static string Text(AgentStatus status)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"mode        {Words.Of(status.Mode)}\n");
        text.Append(CultureInfo.InvariantCulture, $"config      {(status.Config.Missing ? "defaults, no file" : status.Config.Path)}, generation {status.Config.Generation}\n");
        foreach (var nic in status.Interfaces)
        {
            var why = nic.Why.Length > 0 ? $" ({nic.Why})" : "";
            text.Append(CultureInfo.InvariantCulture, $"interface   {nic.Name}: {nic.Attach}{why}; {nic.Driver}, MTU {nic.Mtu}, in {nic.RxBitsPerSecond / 1e6:0.0} Mbit/s, out {nic.TxBitsPerSecond / 1e6:0.0} Mbit/s\n");
        }

        if (status.Stake is { } stake)
        {
            text.Append(CultureInfo.InvariantCulture, $"stake       {stake.Staked} staked, {stake.Known} known, {(stake.AgeSeconds is { } age ? $"{age:0} s old" : "none yet")}\n");
        }

        if (status.Tables is { } tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"peers       {tables.Peers} of {tables.Capacity}, {tables.Prefixes} networks\n");
        }

        foreach (var problem in status.Problems)
        {
            text.Append("problem     ").Append(problem).Append('\n');
        }

        return text.ToString();
    }
}

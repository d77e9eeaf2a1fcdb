using System.Globalization;
using Slipway.Agent.Metrics;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Commands;

internal static class CountersCommand
{
    public static int Run(Arguments arguments, TextWriter output, TextWriter errors)
    {
        var path = Path.Combine(arguments.StatusFolder, "status.json");
        if (StatusJson.ReadStatus(File.ReadAllBytes(path)) is not { } status)
        {
            errors.WriteLine($"xdp-agent: {path} is no status of this agent's kind");
            return 1;
        }

        if (arguments.Json)
        {
            output.WriteLine(System.Text.Encoding.UTF8.GetString(StatusJson.Write(status.Counters)));
            return 0;
        }

        output.WriteLine($"{"packets",14} {"bytes",16}  {"verdict",-10} {"reason",-20} {"role",-13} group");
        foreach (var cell in status.Counters.OrderByDescending(cell => cell.Packets))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cell.Packets,14} {cell.Bytes,16}  {Words.Of(cell.Verdict),-10} {Words.Of(cell.Reason),-20} {Words.Of(cell.Role),-13} {Words.Of(cell.Group)}"));
        }

        return 0;
    }
}

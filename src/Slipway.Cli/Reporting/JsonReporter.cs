using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Cli.Output;
using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;

namespace Slipway.Cli.Reporting;

/// <summary>One JSON object a line (NDJSON): apiVersion, kind Event, the event's name, its time and its own fields.</summary>
internal sealed class JsonReporter(TextWriter writer) : IReporter
{
    private readonly Lock _lock = new();

    public void Report(RunEvent runEvent)
    {
        var line = Line(runEvent);
        lock (_lock)
        {
            writer.Write(line + "\n");
            writer.Flush();
        }
    }

    public static string Line(RunEvent runEvent)
    {
        var line = new JsonObject { ["apiVersion"] = Json.ApiVersion, ["kind"] = "Event" };
        // Serialized as its base type, which writes the discriminator: the event's name.
        var body = JsonSerializer.SerializeToNode(runEvent, Json.Line)!.AsObject();
        foreach (var (name, value) in body.ToList())
        {
            body.Remove(name);
            line[name] = value;
        }

        return line.ToJsonString(Json.Line);
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Benchmarks.Measuring;

/// <summary>How figures are asked for and printed.</summary>
internal static class Figures
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Option<string> Format()
    {
        var option = new Option<string>("--output", "-o") { Description = "text or json", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    /// <param name="sizes">Numbers of nodes to begin with, from one up.</param>
    public static Option<string> Sizes(string sizes) =>
        new("--nodes") { Description = "numbers of nodes, separated by commas", DefaultValueFactory = _ => sizes };

    public static IReadOnlyList<int> ParseSizes(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(size => int.Parse(size, CultureInfo.InvariantCulture))];

    public static void WriteJson<T>(string benchmark, IReadOnlyList<T> rows) =>
        Console.Out.WriteLine(new JsonObject
        {
            ["benchmark"] = benchmark,
            ["machine"] = JsonSerializer.SerializeToNode(Machine.This(), Indented),
            ["rows"] = JsonSerializer.SerializeToNode(rows, Indented),
        }.ToJsonString(Indented));

    public static string Megabytes(double bytes) => Text(bytes / (1024 * 1024), "0.0");

    public static string Kilobytes(double bytes) => Text(bytes / 1024, "0");

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Minutes and seconds: <c>3:05</c>.</summary>
    public static string Clock(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{(int)seconds % 60:00}");
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Tables;

/// <summary>The additionalPrinterColumns of a CRD behind the name; with none of them, the age.</summary>
internal static partial class CustomColumns
{
    public static IReadOnlyList<TableColumn> Of(IReadOnlyList<PrinterColumn> columns) =>
    [
        BuiltInColumns.Name,
        .. columns.Count == 0 ? [BuiltInColumns.Age] : columns.Select(column => new TableColumn(
            column.Name,
            (json, now) => Value(json, column.JsonPath) switch
            {
                { } time when column.Type == "date" => HumanAge.Of(time.Text(), now),
                var value => value is JsonObject or JsonArray ? value.ToJsonString() : value?.DeepClone(),
            },
            column.Type == "date" ? "string" : column.Type,
            column.Priority)),
    ];

    private static JsonNode? Value(JsonNode? node, string path)
    {
        foreach (Match step in Steps().Matches(path))
        {
            var (name, key, wanted) = (step.Groups[1].Value, step.Groups[2].Value, step.Groups[3].Value);
            node = name.Length > 0 ? node.At(name) : node.Items().FirstOrDefault(item => item.Text(key) == wanted);
        }

        return node;
    }

    [GeneratedRegex("""\.([A-Za-z0-9_-]+)|\[\?\(@\.([A-Za-z0-9_-]+)\s*==\s*["']([^"']*)["']\)\]""", RegexOptions.CultureInvariant)]
    private static partial Regex Steps();
}

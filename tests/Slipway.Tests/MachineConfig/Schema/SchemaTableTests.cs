using Slipway.Core.MachineConfig.Schema;

namespace Slipway.Tests.MachineConfig.Schema;

/// <summary>
/// schema-fields.txt is made by a script; here it is read the way Slipway reads it and compared, line by line, with Talos' own
/// schemas read by other code than the script's.
/// </summary>
public sealed class SchemaTableTests
{
    /// <summary>What the script says of itself: the schema names these two otherwise than the code that decodes them, and has no third.</summary>
    private static readonly Dictionary<string, string> s_renamed = new() { ["KubeSpanEndpoints"] = "KubeSpanEndpointsConfig", ["UnattendedInstall"] = "UnattendedInstallConfig" };

    private const string WithoutSchema = "ImageVerificationConfig";

    [Fact]
    public void The_table_holds_exactly_the_kinds_and_fields_of_every_schema()
    {
        var schemas = TalosSchema.All();
        var wanted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, seen) in schemas.SelectMany(schema => schema.Fields().Select(field => (field.Path, schema.Line, field.Type))).GroupBy(field => Renamed(field.Path)).Select(group => (group.Key, group.ToList())))
        {
            var types = seen.Select(field => field.Type).Distinct().ToList();
            wanted[path] = $"{(types is [var only] ? only : "any")} since {seen.Min(field => field.Line)}";
        }

        var table = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in FieldCatalog.Talos.Kinds.Values.Where(kind => kind.Name != WithoutSchema))
        {
            Add(table, kind, kind.Name);
        }

        Assert.Equal(wanted.Select(pair => $"{pair.Key} {pair.Value}"), table.Select(pair => $"{pair.Key} {pair.Value}"));
    }

    [Fact]
    public void A_field_that_left_the_schemas_is_marked_by_the_version_without_it()
    {
        var schemas = TalosSchema.All();
        var gone = EmbeddedTable.Lines("schema-fields.txt").Where(line => line.TrimStart().Split(' ').Length == 4).ToList();

        Assert.NotEmpty(gone);
        Assert.All(gone, line =>
        {
            var words = line.TrimStart().Split(' ');
            Assert.True(ReleaseLine.Parse(words[2]) < ReleaseLine.Parse(words[3]), line);
            Assert.Contains(schemas, schema => schema.Line == ReleaseLine.Parse(words[3]));
        });
    }

    private static void Add(SortedDictionary<string, string> table, CatalogField field, string path)
    {
        table[path] = $"{field.Type} since {field.Since}";
        foreach (var child in field.Children.Values)
        {
            Add(table, child, $"{path}/{child.Name}");
        }
    }

    private static string Renamed(string path)
    {
        var kind = path.Split('/')[0];
        return s_renamed.GetValueOrDefault(kind, kind) + path[kind.Length..];
    }
}

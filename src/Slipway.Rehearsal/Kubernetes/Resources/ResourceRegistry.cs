using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Schemas;

namespace Slipway.Rehearsal.Kubernetes.Resources;

/// <summary>All kinds served at one moment: the built-in ones and those of the CRDs in the store. A value; a new CRD makes a new registry.</summary>
internal sealed class ResourceRegistry
{
    private readonly Dictionary<(string Group, string Version, string Plural), ResourceType> _types;

    private ResourceRegistry(IEnumerable<ResourceType> types)
    {
        All = [.. types];
        _types = All.ToDictionary(type => (type.Group, type.Version, type.Plural));
    }

    public static ResourceRegistry BuiltIn { get; } = new(BuiltInResources.All);

    public IReadOnlyList<ResourceType> All { get; }

    public static ResourceRegistry With(IEnumerable<JsonObject> definitions) => new([.. BuiltInResources.All, .. definitions.SelectMany(TypesOf)]);

    public ResourceType? Find(string group, string version, string plural) => _types.GetValueOrDefault((group, version, plural));

    /// <summary>The type for a storage key such as <c>ciliumnetworkpolicies.cilium.io</c>, in its first served version.</summary>
    public ResourceType? Stored(string storageKey) => All.FirstOrDefault(type => type.StorageKey == storageKey);

    public IEnumerable<IGrouping<string, ResourceType>> Groups => All.GroupBy(type => type.Group);

    private static IEnumerable<ResourceType> TypesOf(JsonObject definition)
    {
        var spec = definition.At("spec");
        var names = spec.At("names");
        foreach (var version in spec.Items("versions").Where(version => version.Flag("served")))
        {
            var kind = names.Text("kind") ?? "";
            yield return new ResourceType(spec.Text("group") ?? "", version.Text("name") ?? "", names.Text("plural") ?? "", kind, spec.Text("scope") == "Namespaced")
            {
                ShortNames = [.. names.Texts("shortNames")],
                Categories = [.. names.Texts("categories")],
                Singular = names.Text("singular") is { Length: > 0 } singular ? singular : kind.ToLowerInvariant(),
                ListKind = names.Text("listKind") is { Length: > 0 } listKind ? listKind : kind + "List",
                HasStatus = version.At("subresources", "status") is not null,
                Schema = StructuralSchema.Read(version.At("schema", "openAPIV3Schema")),
                Columns =
                [
                    .. version.Items("additionalPrinterColumns").Select(column => new PrinterColumn(
                        column.Text("name") ?? "", column.Text("type") ?? "string", column.Text("jsonPath") ?? "", (int)(column.Number("priority") ?? 0))),
                ],
                IsCustom = true,
            };
        }
    }
}

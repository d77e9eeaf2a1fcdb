using System.Globalization;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Validation;

/// <summary>
/// Fields that the version does not know, and values of another form than the field. Two tables are asked: the schemas say
/// since when a field is there but hide deprecated ones; Talos' own types have those.
/// </summary>
internal sealed class KnownFieldsRule : IConfigRule
{
    public void Check(ValidationContext context)
    {
        foreach (var document in context.Documents)
        {
            var kind = FieldCatalog.Talos.Kinds.GetValueOrDefault(document.Kind);
            if (kind is null || kind.Since > context.Talos)
            {
                continue;
            }

            var type = MergeTypes.Talos.OfKind(document.Kind) is { } known ? new MergeType(MergeForm.Struct) { Struct = known } : MergeType.Unknown;
            Walk(context, kind, type, document.Root, "");
        }
    }

    private static void Walk(ValidationContext context, CatalogField? field, MergeType type, YamlNode node, string path)
    {
        if (node.IsNil())
        {
            return;
        }

        if (FormCheck.Expected(type, node) is { } expected)
        {
            context.Error(node, path, $"{node.FormName()} cannot stand here", expected);
            return;
        }

        switch (node)
        {
            case YamlMappingNode map when type.Form is MergeForm.Map:
                foreach (var (key, value) in map.Children)
                {
                    Walk(context, field?.Children.GetValueOrDefault("*"), type.Of, value, $"{path}.{key.KeyText()}");
                }

                break;
            case YamlMappingNode map when type.Form is MergeForm.Struct or MergeForm.Pem:
                Fields(context, field, type, map, path);
                break;
            case YamlSequenceNode list when type.Form is MergeForm.List or MergeForm.KeyedMerge or MergeForm.KeyedSwap:
                for (var i = 0; i < list.Children.Count; i++)
                {
                    Walk(context, field?.Children.GetValueOrDefault("-"), type.Of, list.Children[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
                }

                break;
        }
    }

    private static void Fields(ValidationContext context, CatalogField? field, MergeType type, YamlMappingNode map, string path)
    {
        foreach (var (key, value) in map.Children)
        {
            var name = key.KeyText();
            var below = path.Length == 0 ? name : $"{path}.{name}";
            var known = field?.Children.GetValueOrDefault(name);
            var child = type.Struct?.Fields.GetValueOrDefault(name) ?? (type.Names.Contains(name) ? new MergeType(MergeForm.Text) : null);
            if (known is not null && known.Since > context.Talos)
            {
                context.Error(key, below, $"{name} needs Talos {known.Since}; this config is for {context.Talos}");
            }
            else if (known is null && child is null)
            {
                context.Unknown(key, below, $"unknown field {name}", Suggestion.For(name, Names(context, field, type)));
            }
            else
            {
                Walk(context, known, child ?? MergeType.Unknown, value, below);
            }
        }
    }

    private static IEnumerable<string> Names(ValidationContext context, CatalogField? field, MergeType type)
    {
        var documented = field?.Children.Values.Where(child => child.Since <= context.Talos).Select(child => child.Name) ?? [];
        var hidden = type.Struct?.Fields.Keys.Where(name => field?.Children.ContainsKey(name) != true) ?? [];
        return documented.Concat(hidden).Concat(type.Names).Distinct(StringComparer.Ordinal);
    }
}

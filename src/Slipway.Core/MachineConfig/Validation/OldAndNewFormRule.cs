using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Validation;

/// <summary>The old and the new form of one thing together: Talos does not choose, it refuses.</summary>
internal sealed class OldAndNewFormRule : IConfigRule
{
    public void Check(ValidationContext context)
    {
        foreach (var form in OldForm.All)
        {
            foreach (var document in context.Documents.Where(document => Applies(form, document)))
            {
                foreach (var (path, value) in form.Excluded)
                {
                    if (context.Find(path) is { } old && IsSet(old, value))
                    {
                        context.Error(old, path, $"the same thing is configured here and in {document.Label} at line {document.Line}", "one of them", $"delete {path}, the older form, or the document");
                    }
                }
            }
        }
    }

    private static bool Applies(OldForm form, ConfigDocument document) =>
        document.Kind == form.Kind
        && (form.Name is null || document.Name == form.Name)
        && (form.Field is null || document.Root.Find(form.Field) is YamlMappingNode { Children.Count: > 0 });

    private static bool IsSet(YamlNode node, string? value) => node switch
    {
        _ when node.IsNil() => false,
        YamlSequenceNode list => list.Children.Count > 0,
        YamlScalarNode scalar => value is null ? scalar.Value is not ("" or "0" or "0s") : scalar.Value == value,
        _ => value is null,
    };
}

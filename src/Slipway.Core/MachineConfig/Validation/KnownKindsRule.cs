using Slipway.Core.MachineConfig.Schema;

namespace Slipway.Core.MachineConfig.Validation;

/// <summary>A kind that the version does not know makes it refuse the whole config.</summary>
internal sealed class KnownKindsRule : IConfigRule
{
    public void Check(ValidationContext context)
    {
        foreach (var document in context.Documents)
        {
            if (!FieldCatalog.Talos.Kinds.TryGetValue(document.Kind, out var kind))
            {
                context.Unknown(document.Root, "kind", $"unknown kind {document.Kind}", Suggestion.For(document.Kind, FieldCatalog.Talos.Kinds.Keys));
            }
            else if (kind.Since > context.Talos)
            {
                context.Error(document.Root, "kind", $"{document.Label} needs Talos {kind.Since}; this config is for {context.Talos}", hint: OlderForm(document.Kind));
            }
            else if (!document.IsLegacy && document.ApiVersion != "v1alpha1")
            {
                context.Error(document.Root, "apiVersion", $"unknown apiVersion {document.ApiVersion} of {document.Kind}", "v1alpha1");
            }
        }
    }

    private static string OlderForm(string kind) =>
        OldForm.All.FirstOrDefault(form => form.Kind == kind) is { } form
            ? $"before, it is {string.Join(" and ", form.Excluded.Select(path => path.Path).Take(3))} of the v1alpha1 document"
            : "leave it out for nodes of this version";
}

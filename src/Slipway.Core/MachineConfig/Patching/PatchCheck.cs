using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using Slipway.Core.MachineConfig.Validation;
using Slipway.Core.Versions;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// Looks at a patch document before it is merged, as Talos does when it decodes one: a value of the wrong form is an error.
/// Names that no known Talos has are merged all the same, for there are newer ones, but told.
/// </summary>
internal static class PatchCheck
{
    public static void Check(ConfigDocument document, PatchFindings findings)
    {
        // One line beyond the tables: every known field is allowed, an unknown one only warned of.
        var newest = FieldCatalog.Talos.Newest;
        var found = new List<Diagnostic>();
        var context = new ValidationContext(findings.Patch, [document], new ReleaseVersion(newest.Major, newest.Minor + 1, 0), found);
        new KnownKindsRule().Check(context);
        new KnownFieldsRule().Check(context);
        findings.Add(found);
    }
}

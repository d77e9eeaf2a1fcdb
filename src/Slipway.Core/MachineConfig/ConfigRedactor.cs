using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.MachineConfig.Comparing;
using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig;

/// <summary>Makes a machine config printable.</summary>
public static class ConfigRedactor
{
    /// <summary>The config with every known secret as <c>***</c>; order and quotes stay, comments do not.</summary>
    /// <exception cref="BadInputException">The text is no machine config, so what is secret in it cannot be told.</exception>
    public static string Redact(string config)
    {
        var findings = new List<Diagnostic>();
        var documents = MachineConfigText.Parse("config", config, findings);
        if (findings.Count > 0)
        {
            throw new BadInputException(findings);
        }

        return MachineConfigText.Write(documents.Select(document => document with { Root = (YamlMappingNode)SecretFields.Masked(document.Root, "", secret: false) }));
    }
}

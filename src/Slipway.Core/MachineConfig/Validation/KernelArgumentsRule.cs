using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Validation;

/// <summary>
/// Kernel arguments beside grubUseUKICmdline are refused (v1alpha1_validation.go); what generators since 1.12 write sets the
/// latter.
/// </summary>
internal sealed class KernelArgumentsRule : IConfigRule
{
    public void Check(ValidationContext context)
    {
        if (context.Find("machine.install.extraKernelArgs") is YamlSequenceNode { Children.Count: > 0 } arguments
            && context.Find("machine.install.grubUseUKICmdline").Text() == "true")
        {
            context.Error(arguments, "machine.install.extraKernelArgs", "extraKernelArgs cannot be used together with grubUseUKICmdline: true", hint: "put the arguments into the installer image: an Image Factory schematic, or the imager");
        }
    }
}

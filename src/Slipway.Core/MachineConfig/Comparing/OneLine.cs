using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Comparing;

/// <summary>A value on one line for a diff, redacted.</summary>
internal static class OneLine
{
    private const int Longest = 200;

    public static string Of(YamlNode node, string name, bool secret)
    {
        var text = ConfigWriter.WriteFlow(SecretFields.Masked(node, name, secret));
        return text.Length <= Longest ? text : $"{text[..Longest]}… ({text.Length:N0} characters)";
    }
}

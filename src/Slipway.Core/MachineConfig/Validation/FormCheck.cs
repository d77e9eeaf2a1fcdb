using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Validation;

/// <summary>Whether a node can be decoded into a field at all: map, list, boolean or number.</summary>
internal static class FormCheck
{
    /// <summary>What was expected, or null when the node fits.</summary>
    public static string? Expected(MergeType type, YamlNode node) => type.Form switch
    {
        MergeForm.Struct or MergeForm.Map or MergeForm.Arguments or MergeForm.Pem => node is YamlMappingNode ? null : "a map",
        MergeForm.List or MergeForm.KeyedMerge or MergeForm.KeyedSwap => node is YamlSequenceNode ? null : "a list",
        MergeForm.Any or MergeForm.Unknown => null,
        MergeForm.Boolean => node is YamlScalarNode scalar && IsBoolean(scalar) ? null : "true or false",
        MergeForm.Integer => node is YamlScalarNode scalar && Scalars.TypeOf(scalar) is ScalarType.Integer or ScalarType.Float ? null : "a number, without quotes",
        _ => node is YamlScalarNode ? null : "one value",
    };

    /// <summary>go-yaml takes the words of YAML 1.1 too, where the field is a boolean.</summary>
    private static bool IsBoolean(YamlScalarNode scalar) =>
        Scalars.TypeOf(scalar) == ScalarType.Boolean || scalar.Value is "y" or "Y" or "yes" or "on" or "n" or "N" or "no" or "off";
}

using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Documents;

internal enum ScalarType
{
    Null,
    Boolean,
    Integer,
    Float,
    Text,
}

/// <summary>
/// What a scalar is to Talos, which decodes with go-yaml: the YAML 1.2 core schema plus octal with a bare leading zero,
/// binary, and underscores in numbers. <c>yes</c> and <c>on</c> are text unless the field itself is a boolean.
/// </summary>
internal static partial class Scalars
{
    public static ScalarType TypeOf(YamlScalarNode scalar)
    {
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        return tag switch
        {
            "tag:yaml.org,2002:str" or "tag:yaml.org,2002:binary" => ScalarType.Text,
            "tag:yaml.org,2002:null" => ScalarType.Null,
            "tag:yaml.org,2002:bool" => ScalarType.Boolean,
            "tag:yaml.org,2002:int" => ScalarType.Integer,
            "tag:yaml.org,2002:float" => ScalarType.Float,
            _ => scalar.Style is ScalarStyle.Plain or ScalarStyle.Any ? Resolve(scalar.Value ?? "") : ScalarType.Text,
        };
    }

    /// <summary>The type of an unquoted scalar.</summary>
    public static ScalarType Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarType.Boolean,
        _ when text[0] is not ((>= '0' and <= '9') or '+' or '-' or '.') => ScalarType.Text,
        _ when IntegerPattern().IsMatch(text) => ScalarType.Integer,
        _ when FloatPattern().IsMatch(text) => ScalarType.Float,
        _ => ScalarType.Text,
    };

    /// <summary>True for 0 in any of its spellings.</summary>
    public static bool IsZeroNumber(string text) => text.Length > 0 && !text.AsSpan(DigitsFrom(text)).ContainsAnyExcept("0_.");

    /// <summary>True for a Go duration of no length: <c>0</c>, <c>0s</c>, <c>0h0m0s</c>.</summary>
    public static bool IsZeroDuration(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyInRange('1', '9');

    private static int DigitsFrom(string text)
    {
        var sign = text[0] is '+' or '-' ? 1 : 0;
        return text.Length > sign + 2 && text[sign] == '0' && text[sign + 1] is 'x' or 'o' or 'b' ? sign + 2 : sign;
    }

    [GeneratedRegex(@"^[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7_]+|[0-9][0-9_]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();
}

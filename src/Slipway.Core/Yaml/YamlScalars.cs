using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Yaml;

/// <summary>The meaning and the writing of scalars.</summary>
internal static partial class YamlScalars
{
    public static YamlScalarKind KindOf(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.Plain or ScalarStyle.Any ? KindOf(scalar.Value ?? "") : YamlScalarKind.Text;

    /// <param name="plain">Unquoted text.</param>
    public static YamlScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => YamlScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => YamlScalarKind.Boolean,
        { Length: > 1000 } => YamlScalarKind.Text,
        _ when Integer().IsMatch(plain) => YamlScalarKind.Integer,
        _ when Float().IsMatch(plain) => YamlScalarKind.Float,
        _ => YamlScalarKind.Text,
    };

    /// <summary>
    /// Text as a YAML scalar: as it is when every reader, of YAML 1.1 too, takes it for the same text; in double quotes
    /// otherwise.
    /// </summary>
    public static string Write(string text) => IsSafePlain(text) ? text : Quoted(text);

    private static bool IsSafePlain(string text) =>
        SafePlain().IsMatch(text)
        && KindOf(text) == YamlScalarKind.Text
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.EndsWith(':')
        // YAML 1.1 reads these as booleans, 1:30 as a number in base 60 and 2026-01-01 as a date.
        && !Yaml11().IsMatch(text);

    private static string Quoted(string text)
    {
        var quoted = new System.Text.StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' or '\u007f' or '\u0085' or '\u00a0' or '\u2028' or '\u2029' or '\uFEFF' => quoted.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"^[A-Za-z0-9_./][A-Za-z0-9_./:+=@*~()-]*(?: [A-Za-z0-9_./:+=@*~()-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafePlain();

    [GeneratedRegex(@"^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?[0-9][0-9_]*\.[0-9_]*|[-+]?0b[01_]+|[-+]?[0-9][0-9_,]*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Yaml11();
}

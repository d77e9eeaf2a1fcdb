using System.Globalization;
using System.Numerics;
using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>Equality of YAML values: key order, quotes and spelling do not count, types do.</summary>
internal static class NodeComparer
{
    public static bool Same(YamlNode left, YamlNode right) => (left, right) switch
    {
        (YamlMappingNode a, YamlMappingNode b) => a.Children.Count == b.Children.Count
            && a.Children.All(pair => b.Find(pair.Key.KeyText()) is { } other && Same(pair.Value, other)),
        (YamlSequenceNode a, YamlSequenceNode b) => a.Children.Count == b.Children.Count
            && a.Children.Zip(b.Children).All(pair => Same(pair.First, pair.Second)),
        (YamlScalarNode a, YamlScalarNode b) => Canonical(a) == Canonical(b),
        _ => false,
    };

    /// <summary>Type and value of a scalar: <c>0x10</c> and <c>16</c> are one, <c>"16"</c> is another.</summary>
    public static (ScalarType Type, string Text) Canonical(YamlScalarNode scalar)
    {
        var (type, text) = (Scalars.TypeOf(scalar), scalar.Value ?? "");
        return type switch
        {
            ScalarType.Null => (type, ""),
            ScalarType.Boolean => (type, text.ToLowerInvariant()),
            ScalarType.Integer => (type, Integer(text)),
            ScalarType.Float when double.TryParse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var number) =>
                (ScalarType.Float, number.ToString("R", CultureInfo.InvariantCulture)),
            _ => (type, text),
        };
    }

    private static string Integer(string text)
    {
        var negative = text[0] == '-';
        var digits = text.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal);
        var (radix, from) = digits.Length > 1 && digits[0] == '0'
            ? digits[1] switch { 'x' => (16, 2), 'o' => (8, 2), 'b' => (2, 2), _ => (8, 1) }
            : (10, 0);
        if (digits.Length > 100 || (radix == 8 && digits.AsSpan(from).ContainsAny('8', '9')))
        {
            return text;
        }

        var value = BigInteger.Zero;
        foreach (var digit in digits.AsSpan(from))
        {
            value = (value * radix) + Convert.ToInt32(digit.ToString(), 16);
        }

        return (negative ? -value : value).ToString(CultureInfo.InvariantCulture);
    }
}

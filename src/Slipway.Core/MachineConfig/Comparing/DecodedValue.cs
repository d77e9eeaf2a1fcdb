using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Patching;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Comparing;

/// <summary>
/// What Talos makes of a node. In a field of text <c>1</c> and <c>"1"</c> are the same, in an untyped value they are not; a
/// number is the same in any notation; a zero that is no pointer equals absence.
/// </summary>
internal static partial class DecodedValue
{
    /// <summary>The node, or null where Talos sees nothing.</summary>
    public static YamlNode? OrNull(MergeType type, YamlNode? node)
    {
        if (node.IsNil())
        {
            // In an untyped map a null is a value of its own.
            return type.Form is MergeForm.Any ? node : null;
        }

        if (type.Pointer)
        {
            return node;
        }

        return (type.Form, node) switch
        {
            (MergeForm.Any or MergeForm.Unknown, _) => node,
            (_, YamlSequenceNode { Children.Count: 0 }) => null,
            (_, YamlMappingNode { Children.Count: 0 }) => null,
            (MergeForm.Integer or MergeForm.Amount, YamlScalarNode { Value: { } text }) when Scalars.IsZeroNumber(text) => null,
            (MergeForm.Duration, YamlScalarNode { Value: { } text }) when Scalars.IsZeroDuration(text) => null,
            (MergeForm.Enumeration, YamlScalarNode { Value: { } text }) when text == type.Zero => null,
            (MergeForm.Boolean, YamlScalarNode { Value: { } text }) when Boolean(text) == "false" => null,
            (_, YamlScalarNode { Value.Length: 0 }) => null,
            _ => node,
        };
    }

    public static MergeType Child(MergeType type, string name) => type.Form switch
    {
        MergeForm.Struct => type.Struct!.Fields.GetValueOrDefault(name) ?? MergeType.Unknown,
        MergeForm.Map => type.Of,
        MergeForm.Pem => new MergeType(MergeForm.Text),
        MergeForm.Any => MergeType.Any,
        _ => MergeType.Unknown,
    };

    public static MergeType Element(MergeType type) => type.Form switch
    {
        MergeForm.List or MergeForm.KeyedMerge or MergeForm.KeyedSwap => type.Of,
        MergeForm.Any => MergeType.Any,
        _ => MergeType.Unknown,
    };

    public static bool Same(MergeType type, YamlNode left, YamlNode right) => Fingerprint(type, left) == Fingerprint(type, right);

    /// <summary>A text that is equal exactly for equal values.</summary>
    public static string Fingerprint(MergeType type, YamlNode node)
    {
        var text = new StringBuilder();
        Write(type, node, text);
        return text.ToString();
    }

    private static void Write(MergeType type, YamlNode node, StringBuilder text)
    {
        switch (node)
        {
            case YamlMappingNode map:
                text.Append('{');
                foreach (var (key, value) in map.Children.OrderBy(pair => pair.Key.KeyText(), StringComparer.Ordinal))
                {
                    var child = Child(type, key.KeyText());
                    if (OrNull(child, value) is { } present)
                    {
                        Quote(key.KeyText(), text);
                        Write(child, present, text);
                    }
                }

                text.Append('}');
                break;
            case YamlSequenceNode list:
                text.Append('[');
                foreach (var item in list.Children)
                {
                    Write(Element(type), item, text);
                }

                text.Append(']');
                break;
            case YamlScalarNode scalar:
                Quote(Scalar(type, scalar), text);
                break;
        }
    }

    private static void Quote(string value, StringBuilder text) => text.Append(CultureInfo.InvariantCulture, $"{value.Length}:").Append(value);

    private static string Scalar(MergeType type, YamlScalarNode scalar)
    {
        var value = scalar.Value ?? "";
        switch (type.Form)
        {
            case MergeForm.Any or MergeForm.Unknown:
                var (kind, canonical) = NodeComparer.Canonical(scalar);
                return $"{kind}/{canonical}";
            case MergeForm.Integer or MergeForm.Amount:
                return NodeComparer.Canonical(new YamlScalarNode(value)).Text;
            case MergeForm.Boolean:
                return Boolean(value);
            case MergeForm.Duration:
                return Duration(value);
            default:
                return value;
        }
    }

    /// <summary>go-yaml takes YAML 1.1's booleans where the field is one.</summary>
    private static string Boolean(string text) => text.ToLowerInvariant() switch
    {
        "y" or "yes" or "on" or "true" => "true",
        "n" or "no" or "off" or "false" => "false",
        _ => text,
    };

    /// <summary>Nanoseconds of a Go duration, or the text when it is none.</summary>
    private static string Duration(string text)
    {
        if (!DurationPattern().IsMatch(text))
        {
            return text;
        }

        decimal sum = 0;
        foreach (Match part in DurationPart().Matches(text))
        {
            var unit = part.Groups[2].Value switch { "h" => 3600e9m, "m" => 60e9m, "s" => 1e9m, "ms" => 1e6m, "us" or "µs" => 1e3m, _ => 1m };
            sum += decimal.TryParse(part.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e15m ? number * unit : 0;
        }

        return (text[0] == '-' ? -sum : sum).ToString("0", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[-+]?(\d{1,15}(\.\d{1,9})?(h|ms|m|s|us|µs|ns))+$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPart();
}

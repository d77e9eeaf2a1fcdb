using System.Globalization;
using Slipway.Core.Spec.Shapes;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Spec.Reading;

internal sealed partial class ShapeReader
{
    private SpecValue? ReadScalar(string path, YamlScalarNode node, ValueShape shape)
    {
        var fits = shape switch
        {
            TextShape text => FitsText(path, node, text),
            ChoiceShape choice => FitsChoice(path, node, choice),
            IntegerShape integer => FitsInteger(path, node, integer),
            BooleanShape boolean => FitsBoolean(path, node, boolean),
            _ => WrongKind(path, node, shape) is not null,
        };
        return fits ? new SpecValue(path, shape, node) : null;
    }

    private bool FitsText(string path, YamlScalarNode node, TextShape shape)
    {
        var text = node.Value ?? "";
        var kind = YamlScalars.KindOf(node);
        if (kind is not YamlScalarKind.Text && !shape.AnyScalar)
        {
            var isRight = shape.Format.IsValid(text);
            findings.Error(path, node, $"found {Name(kind)} {Excerpt.Quote(text)}", shape.Format.Expected, isRight ? $"put quotes around it: \"{text}\"" : shape.Format.Hint(text));
            return false;
        }

        if (!shape.Format.IsValid(text))
        {
            var hint = text.Trim() != text && shape.Format.IsValid(text.Trim()) ? "remove the space around it" : shape.Format.Hint(text);
            findings.Error(path, node, $"{Excerpt.Quote(text)} is not {shape.Format.Name}", shape.Format.Expected, hint);
            return false;
        }

        return true;
    }

    private bool FitsChoice(string path, YamlScalarNode node, ChoiceShape shape)
    {
        var text = node.Value ?? "";
        if (shape.Choices.Contains(text))
        {
            return true;
        }

        var similar = KeySuggestion.Closest(text, shape.Choices);
        findings.Error(path, node, $"found {Excerpt.Quote(text)}", shape.Kind, similar is null ? null : $"did you mean '{similar}'?");
        return false;
    }

    private bool FitsInteger(string path, YamlScalarNode node, IntegerShape shape)
    {
        var text = node.Value ?? "";
        if (YamlScalars.KindOf(node) is YamlScalarKind.Integer
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= shape.Minimum
            && number <= shape.Maximum
            // 010 is ten to YAML 1.2 and eight to YAML 1.1: nobody knows what was meant.
            && number.ToString(CultureInfo.InvariantCulture) == text)
        {
            return true;
        }

        var isQuoted = YamlScalars.KindOf(node) is YamlScalarKind.Text && YamlScalars.KindOf(text) is YamlScalarKind.Integer;
        findings.Error(path, node, $"found {(isQuoted ? "text " : "")}{Excerpt.Quote(text)}", shape.Kind, isQuoted ? "without quotes" : null);
        return false;
    }

    private bool FitsBoolean(string path, YamlScalarNode node, BooleanShape shape)
    {
        var text = node.Value ?? "";
        if (YamlScalars.KindOf(node) is YamlScalarKind.Boolean && (!shape.OnlyTrue || text.Equals("true", StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var isQuoted = YamlScalars.KindOf(text) is YamlScalarKind.Boolean && !shape.OnlyTrue;
        var hint = isQuoted ? "without quotes" : text.ToLowerInvariant() switch
        {
            "yes" or "on" or "y" => "write true",
            "no" or "off" or "n" => "write false",
            "false" when shape.OnlyTrue => "remove the key",
            _ => null,
        };
        findings.Error(path, node, $"found {(isQuoted ? "text " : "")}{Excerpt.Quote(text)}", shape.Kind, hint);
        return false;
    }

    private static string Name(YamlScalarKind kind) => kind switch
    {
        YamlScalarKind.Boolean => "the boolean",
        YamlScalarKind.Null => "the null",
        _ => "the number",
    };
}

using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Spec.Reading;

/// <summary>A part of the spec as a YAML text of its own.</summary>
internal static class YamlWriting
{
    public static string Document(YamlNode node)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        // An anchor in the part is written where it first comes up, so the text stands alone.
        new YamlStream(new YamlDocument(node)).Save(writer, assignAnchors: false);
        var text = writer.ToString();
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }
}

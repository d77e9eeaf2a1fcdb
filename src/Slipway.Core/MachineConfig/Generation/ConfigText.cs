using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>Prints documents one after the other.</summary>
internal static class ConfigText
{
    public static string Write(IEnumerable<YamlMappingNode> documents) => string.Join("---\n", documents.Select(Write));

    private static string Write(YamlMappingNode document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(document)).Save(text, assignAnchors: false);
        // The emitter ends every document with a marker that only streams need.
        var written = text.ToString();
        return written.EndsWith("...\n", StringComparison.Ordinal) ? written[..^4] : written;
    }
}

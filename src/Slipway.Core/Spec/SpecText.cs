using Slipway.Core.Diagnostics;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Spec;

/// <summary>Changes one value in the text of a cluster.yaml and leaves everything else, comments included, as it was written.</summary>
public static class SpecText
{
    /// <summary>The same spec with another mode of the filter.</summary>
    /// <returns>Null when the text cannot be read, which whoever reads the spec tells in full.</returns>
    public static string? WithXdpMode(string file, string text, XdpMode mode)
    {
        var word = mode switch { XdpMode.Enforce => "enforce", XdpMode.Observe => "observe", _ => "\"off\"" };
        if (YamlText.Load(file, text, new List<Diagnostic>()) is not [YamlMappingNode root])
        {
            return null;
        }

        if (root.Children.TryGetValue(new YamlScalarNode("xdp"), out var section) && section is YamlMappingNode xdp)
        {
            if (xdp.Children.TryGetValue(new YamlScalarNode("mode"), out var value) && value is YamlScalarNode { Anchor.IsEmpty: true } scalar)
            {
                var (start, end) = (Index(text, scalar.Start.Line, scalar.Start.Column), Index(text, scalar.End.Line, scalar.End.Column));
                return string.Concat(text.AsSpan(0, start), word, text.AsSpan(end));
            }

            if (xdp.Children.Count > 0)
            {
                // In front of the first key, in the form that this one has.
                var first = xdp.Children.Keys.First();
                var at = Index(text, first.Start.Line, first.Start.Column);
                var separator = xdp.Style == YamlDotNet.Core.Events.MappingStyle.Flow ? ", " : "\n" + new string(' ', (int)first.Start.Column - 1);
                return string.Concat(text.AsSpan(0, at), $"mode: {word}{separator}", text.AsSpan(at));
            }

            return null;
        }

        return section is not null || root.Style == YamlDotNet.Core.Events.MappingStyle.Flow ? null : $"{text.TrimEnd('\n')}\nxdp:\n  mode: {word}\n";
    }

    /// <summary>Marks count lines and columns from 1.</summary>
    private static int Index(string text, long line, long column)
    {
        var at = 0;
        for (var i = 1; i < line; i++)
        {
            at = text.IndexOf('\n', at) + 1;
        }

        return at + (int)column - 1;
    }
}

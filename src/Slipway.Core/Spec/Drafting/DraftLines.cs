using System.Text;
using Slipway.Core.Spec.Shapes;
using Slipway.Core.Yaml;

namespace Slipway.Core.Spec.Drafting;

/// <summary>Lines of a commented YAML file; the comment of a key is its description in <see cref="ClusterShape"/>.</summary>
internal sealed class DraftLines
{
    private const int Width = 110;

    private readonly StringBuilder _text = new();

    public void Blank() => _text.Append('\n');

    /// <summary>A comment, wrapped; what came from outside has been cleaned of control characters.</summary>
    public void Comment(int indent, string words)
    {
        var line = new StringBuilder();
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && indent + line.Length + word.Length + 3 > Width)
            {
                Append(indent, "#" + line);
                line.Clear();
            }

            line.Append(' ').Append(word);
        }

        Append(indent, "#" + line);
    }

    /// <summary>The description of a key as a comment.</summary>
    public void Explain(int indent, params ReadOnlySpan<string> keys) => Comment(indent, Describe(keys));

    public void Append(int indent, string line) => _text.Append(' ', indent).Append(line).Append('\n');

    public void Text(int indent, string key, string value) => Append(indent, $"{key}: {YamlScalars.Write(value)}");

    public static string Describe(params ReadOnlySpan<string> keys)
    {
        var (shape, description) = ((ValueShape)ClusterShape.Root, "");
        foreach (var name in keys)
        {
            var key = ((shape is ListShape list ? list.Item : shape) as MappingShape)?.Find(name)
                ?? throw new InvalidOperationException($"cluster.yaml has no key '{name}'");
            (shape, description) = (key.Shape, key.Description);
        }

        return description;
    }

    public override string ToString() => _text.ToString();
}

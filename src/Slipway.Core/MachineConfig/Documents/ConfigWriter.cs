using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Documents;

/// <summary>
/// Prints one document in the layout that Talos prints: the next multiple of four as indentation, lists indented below
/// their key. The emitter of the YAML library folds long scalars anew and ends documents with <c>...</c>; here the text and
/// the quotes of a scalar come out as they went in, unless they would read differently in their new place.
/// </summary>
internal sealed class ConfigWriter
{
    private const int LongestSimpleKey = 1000;

    private readonly StringBuilder _text = new();

    public static string Write(YamlMappingNode root)
    {
        var writer = new ConfigWriter();
        if (IsFlow(root))
        {
            writer.Flow(root);
            writer._text.Append('\n');
        }
        else
        {
            writer.Map(root, 0, onKeyLine: true);
        }

        return writer._text.ToString();
    }

    /// <summary>Any value on one line.</summary>
    public static string WriteFlow(YamlNode node)
    {
        var writer = new ConfigWriter();
        writer.Flow(node);
        return writer._text.ToString();
    }

    private static bool IsFlow(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Count == 0 || map.Style == MappingStyle.Flow,
        YamlSequenceNode list => list.Children.Count == 0 || list.Style == SequenceStyle.Flow,
        _ => false,
    };

    /// <param name="onKeyLine">True when the first key stands where the writer is: at the start of the text or after a dash.</param>
    private void Map(YamlMappingNode map, int column, bool onKeyLine)
    {
        foreach (var (key, value) in map.Children)
        {
            if (!onKeyLine)
            {
                _text.Append(' ', column);
            }

            onKeyLine = false;
            var text = ScalarWriter.Inline((YamlScalarNode)key, inFlow: false);
            if (text.Length > LongestSimpleKey)
            {
                _text.Append("? ").Append(text).Append('\n').Append(' ', column).Append(':');
            }
            else
            {
                _text.Append(text.Length == 0 ? "null" : text).Append(':');
            }

            Value(value, column, Next(column));
        }
    }

    private static int Next(int column) => ((column / 4) + 1) * 4;

    private void Value(YamlNode value, int parent, int column)
    {
        switch (value)
        {
            case YamlMappingNode map when !IsFlow(map):
                _text.Append(Tag(map.Tag)).Append('\n');
                Map(map, column, onKeyLine: false);
                break;
            case YamlSequenceNode list when !IsFlow(list):
                _text.Append(Tag(list.Tag)).Append('\n');
                List(list, column, onDashLine: false);
                break;
            default:
                Leaf(value, parent, column);
                break;
        }
    }

    private void List(YamlSequenceNode list, int column, bool onDashLine)
    {
        foreach (var item in list.Children)
        {
            if (!onDashLine)
            {
                _text.Append(' ', column);
            }

            onDashLine = false;
            _text.Append('-');
            switch (item)
            {
                case YamlMappingNode map when !IsFlow(map) && Tag(map.Tag).Length == 0:
                    _text.Append(' ');
                    Map(map, column + 2, onKeyLine: true);
                    break;
                case YamlSequenceNode inner when !IsFlow(inner) && Tag(inner.Tag).Length == 0:
                    _text.Append(' ');
                    List(inner, column + 2, onDashLine: true);
                    break;
                default:
                    Value(item, column, Next(column));
                    break;
            }
        }
    }

    private void Leaf(YamlNode value, int parent, int column)
    {
        if (value is YamlScalarNode scalar)
        {
            if (ScalarWriter.IsBlock(scalar))
            {
                _text.Append(' ');
                ScalarWriter.Block(_text, scalar, parent, column);
                return;
            }

            var text = ScalarWriter.Inline(scalar, inFlow: false);
            _text.Append(text.Length == 0 ? "" : " ").Append(text);
        }
        else
        {
            _text.Append(' ');
            Flow(value);
        }

        _text.Append('\n');
    }

    private void Flow(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                _text.Append(Tag(map.Tag).TrimStart()).Append(Tag(map.Tag).Length > 0 ? " {" : "{");
                Join(map.Children, pair =>
                {
                    Flow(pair.Key);
                    _text.Append(": ");
                    Flow(pair.Value);
                });
                _text.Append('}');
                break;
            case YamlSequenceNode list:
                _text.Append(Tag(list.Tag).TrimStart()).Append(Tag(list.Tag).Length > 0 ? " [" : "[");
                Join(list.Children, Flow);
                _text.Append(']');
                break;
            case YamlScalarNode scalar:
                var text = ScalarWriter.Inline(scalar, inFlow: true);
                _text.Append(text.Length == 0 ? "null" : text);
                break;
        }
    }

    private void Join<T>(IEnumerable<T> items, Action<T> write)
    {
        var first = true;
        foreach (var item in items)
        {
            _text.Append(first ? "" : ", ");
            first = false;
            write(item);
        }
    }

    /// <summary>A tag that somebody wrote, with a space before it; the ones that the parser gives do not count.</summary>
    internal static string Tag(TagName tag)
    {
        if (tag.IsEmpty || tag.IsNonSpecific)
        {
            return "";
        }

        const string core = "tag:yaml.org,2002:";
        return tag.Value.StartsWith(core, StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $" !!{tag.Value[core.Length..]}")
            : tag.Value.StartsWith('!') ? " " + tag.Value : $" !<{tag.Value}>";
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Slipway.Core.Secrets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Talos.Talosconfig;

/// <summary>Writes a talosconfig in the shape that talosctl writes: PEM texts in standard base64.</summary>
public static partial class TalosconfigWriter
{
    /// <summary>YAML with private keys in it.</summary>
    public static Sensitive Write(TalosClientConfig config)
    {
        var contexts = new YamlMappingNode();
        foreach (var (name, context) in config.Contexts)
        {
            contexts.Add(Text(name), Context(context));
        }

        var root = new YamlMappingNode { { "context", Text(config.Context ?? "") }, { "contexts", contexts } };
        var text = new StringWriter();
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        // The stream ends its only document with a marker that other writers leave out.
        var yaml = text.ToString().ReplaceLineEndings("\n");
        return new Sensitive(yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml);
    }

    private static YamlMappingNode Context(TalosContext context)
    {
        var node = new YamlMappingNode { { "endpoints", List(context.Endpoints) } };
        if (context.Nodes.Count > 0)
        {
            node.Add("nodes", List(context.Nodes));
        }

        Add(node, "ca", Base64(context.Ca));
        Add(node, "crt", Base64(context.Client?.Certificate));
        Add(node, "key", Base64(context.Client?.Key?.Reveal()));
        var auth = new YamlMappingNode();
        if (context.BasicUser is not null)
        {
            var basic = new YamlMappingNode();
            Add(basic, "username", context.BasicUser);
            Add(basic, "password", context.BasicPassword?.Reveal());
            auth.Add("basic", basic);
        }

        if (context.SideroIdentity is not null)
        {
            auth.Add("siderov1", new YamlMappingNode { { "identity", Text(context.SideroIdentity) } });
        }

        if (auth.Children.Count > 0)
        {
            node.Add("auth", auth);
        }

        Add(node, "cluster", context.Cluster);
        Add(node, "proxy-url", context.ProxyUrl);
        return node;
    }

    private static YamlSequenceNode List(IReadOnlyList<string> items) => new(items.Select(Text));

    private static string? Base64(string? pem) => pem is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    private static void Add(YamlMappingNode node, string key, string? value)
    {
        if (value is not null)
        {
            node.Add(key, Text(value));
        }
    }

    /// <summary>Quoted unless it can only be read as text: a context may be called null, ~ or 1e3.</summary>
    private static YamlScalarNode Text(string value) =>
        new(value) { Style = Unambiguous().IsMatch(value) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted };

    // Addresses, and what starts with a letter (base64 of PEM does), but for the words that YAML or its older readers take for more.
    [GeneratedRegex(@"^(?!(?i:null|true|false|yes|no|on|off|y|n)$)(?:[A-Za-z][A-Za-z0-9+/=._-]*|\d+\.\d+\.\d+\.\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Unambiguous();
}

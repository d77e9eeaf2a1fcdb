using System.Text;
using Slipway.Core.Secrets;
using YamlDotNet.RepresentationModel;

namespace Slipway.Talos.Talosconfig;

/// <summary>Writes a talosconfig in the shape that talosctl writes: PEM texts in standard base64.</summary>
public static class TalosconfigWriter
{
    /// <summary>YAML with private keys in it.</summary>
    public static Sensitive Write(TalosClientConfig config)
    {
        var contexts = new YamlMappingNode();
        foreach (var (name, context) in config.Contexts)
        {
            contexts.Add(name, Context(context));
        }

        var root = new YamlMappingNode { { "context", config.Context ?? "" }, { "contexts", contexts } };
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
            auth.Add("siderov1", new YamlMappingNode { { "identity", context.SideroIdentity } });
        }

        if (auth.Children.Count > 0)
        {
            node.Add("auth", auth);
        }

        Add(node, "cluster", context.Cluster);
        Add(node, "proxy-url", context.ProxyUrl);
        return node;
    }

    private static YamlSequenceNode List(IReadOnlyList<string> items) => new(items.Select(item => new YamlScalarNode(item)));

    private static string? Base64(string? pem) => pem is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    private static void Add(YamlMappingNode node, string key, string? value)
    {
        if (value is not null)
        {
            node.Add(key, value);
        }
    }
}

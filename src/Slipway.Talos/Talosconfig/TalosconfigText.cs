using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Talos.Talosconfig;

/// <summary>Reads the YAML of a talosconfig. Keys that talosctl knows and Slipway does not are left alone.</summary>
public static class TalosconfigText
{
    /// <param name="file">The name that findings carry.</param>
    /// <exception cref="BadInputException">With every finding, each at its line. None quotes a key.</exception>
    public static TalosClientConfig Parse(string file, string text)
    {
        var findings = new List<Diagnostic>();
        var roots = YamlText.Load(file, text, findings);
        var config = roots.Count > 0 ? new Reading(file, findings).Config(roots[0]) : new TalosClientConfig();
        return findings.Any(finding => finding.Severity == Severity.Error) ? throw new BadInputException(findings) : config;
    }

    private sealed class Reading(string file, List<Diagnostic> findings)
    {
        public TalosClientConfig Config(YamlNode root)
        {
            if (root is not YamlMappingNode mapping)
            {
                Bad(root, "", "a talosconfig is a mapping", "keys 'context' and 'contexts'");
                return new TalosClientConfig();
            }

            var contexts = new List<KeyValuePair<string, TalosContext>>();
            if (Child(mapping, "contexts") is { } node && !YamlText.IsEmpty(node))
            {
                if (node is YamlMappingNode named)
                {
                    contexts.AddRange(named.Children.Select(pair => KeyValuePair.Create((pair.Key as YamlScalarNode)?.Value ?? "", Context(pair.Key, pair.Value))));
                }
                else
                {
                    Bad(node, "contexts", "this is not a mapping", "context names, each with its settings");
                }
            }

            var current = Text(mapping, "", "context");
            if (current is not null && contexts.All(pair => pair.Key != current))
            {
                Bad(Child(mapping, "context")!, "context", $"there is no context '{current}'", $"one of {string.Join(", ", contexts.Select(pair => pair.Key))}");
            }

            return new TalosClientConfig { Context = current, Contexts = contexts };
        }

        private TalosContext Context(YamlNode key, YamlNode node)
        {
            var path = $"contexts.{(key as YamlScalarNode)?.Value}";
            if (node is not YamlMappingNode mapping)
            {
                Bad(node, path, "this is not a mapping", "endpoints, ca, crt, key");
                return new TalosContext();
            }

            var (crt, secret) = (Pem(mapping, path, "crt"), Pem(mapping, path, "key"));
            if (crt is null != secret is null)
            {
                Bad(mapping, path, crt is null ? "there is a key but no crt" : "there is a crt but no key", "both");
            }

            var auth = Child(mapping, "auth") as YamlMappingNode;
            var basic = auth is null ? null : Child(auth, "basic") as YamlMappingNode;
            var siderov1 = auth is null ? null : Child(auth, "siderov1") as YamlMappingNode;
            // Very old files have one 'target', which talosctl takes for one more endpoint.
            var target = Text(mapping, path, "target");
            return new TalosContext
            {
                Endpoints = target is null ? Texts(mapping, path, "endpoints") : [.. Texts(mapping, path, "endpoints"), target],
                Nodes = Texts(mapping, path, "nodes"),
                Ca = Pem(mapping, path, "ca"),
                Client = crt is not null && secret is not null ? new PemPair(crt, new Sensitive(secret)) : null,
                Cluster = Text(mapping, path, "cluster"),
                ProxyUrl = Text(mapping, path, "proxy-url"),
                SideroIdentity = siderov1 is null ? null : Text(siderov1, $"{path}.auth.siderov1", "identity"),
                BasicUser = basic is null ? null : Text(basic, $"{path}.auth.basic", "username"),
                BasicPassword = basic is not null && Text(basic, $"{path}.auth.basic", "password") is { } password ? new Sensitive(password) : null,
            };
        }

        private string? Pem(YamlMappingNode mapping, string path, string key)
        {
            if (Text(mapping, path, key) is not { } base64)
            {
                return null;
            }

            try
            {
                var pem = Encoding.UTF8.GetString(Convert.FromBase64String(base64));
                if (pem.Contains("-----BEGIN ", StringComparison.Ordinal))
                {
                    return pem;
                }
            }
            catch (FormatException)
            {
                // Told below, as is base64 of something else.
            }

            Bad(Child(mapping, key)!, $"{path}.{key}", "this is not base64 of PEM text", "what talosctl wrote there");
            return null;
        }

        private string[] Texts(YamlMappingNode mapping, string path, string key)
        {
            if (Child(mapping, key) is not { } node || YamlText.IsEmpty(node))
            {
                return [];
            }

            if (node is YamlSequenceNode sequence && sequence.All(item => item is YamlScalarNode))
            {
                return [.. sequence.Select(item => ((YamlScalarNode)item).Value ?? "")];
            }

            Bad(node, $"{path}.{key}", "this is not a list of texts", "addresses");
            return [];
        }

        private string? Text(YamlMappingNode mapping, string path, string key)
        {
            switch (Child(mapping, key))
            {
                case null:
                    return null;
                case YamlScalarNode scalar:
                    return string.IsNullOrEmpty(scalar.Value) || YamlText.IsEmpty(scalar) ? null : scalar.Value;
                case var other:
                    Bad(other, path.Length > 0 ? $"{path}.{key}" : key, "this is not a text", "one value");
                    return null;
            }
        }

        private static YamlNode? Child(YamlMappingNode mapping, string key) =>
            mapping.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode scalar && scalar.Value == key).Value;

        private void Bad(YamlNode node, string path, string message, string expected) => findings.Add(new Diagnostic
        {
            Severity = Severity.Error,
            File = file,
            Line = (int)node.Start.Line,
            Column = (int)node.Start.Column,
            Path = path,
            Message = message,
            Expected = expected,
        });
    }
}

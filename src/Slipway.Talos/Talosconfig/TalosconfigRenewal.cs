using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Talos.Talosconfig;

/// <summary>
/// Puts new client certificates into a talosconfig and touches nothing else: other contexts, keys that only talosctl knows,
/// comments and the order of things stay as they are, byte for byte.
/// </summary>
public static class TalosconfigRenewal
{
    /// <param name="file">The name that findings carry.</param>
    /// <param name="clients">The new certificate and key of each context that gets one, by its name.</param>
    /// <returns>The whole new text, with private keys in it.</returns>
    /// <exception cref="BadInputException">The text is no talosconfig, or cannot be changed without touching more than was asked for.</exception>
    public static Sensitive Replace(string file, string text, IReadOnlyDictionary<string, PemPair> clients)
    {
        text = text.TrimStart('\uFEFF');
        var before = TalosconfigText.Parse(file, text);
        var root = (YamlMappingNode)YamlText.Load(file, text, [])[0];
        var edits = new SortedDictionary<long, (long End, string Value)>();
        foreach (var (name, client) in clients)
        {
            var context = (YamlMappingNode)((YamlMappingNode)root["contexts"])[new YamlScalarNode(name)];
            Edit(context, "crt", client.Certificate);
            Edit(context, "key", client.Key!.Reveal());
        }

        var renewed = new StringBuilder(text);
        foreach (var (start, (end, value)) in edits.Reverse())
        {
            // A block scalar reaches over its last line's end, which has to stay.
            var tail = text[(int)end - 1] == '\n' ? "\n" : "";
            renewed.Remove((int)start, (int)(end - start)).Insert((int)start, value + tail);
        }

        Demand(file, before, clients, renewed.ToString());
        return new Sensitive(renewed.ToString());

        void Edit(YamlMappingNode context, string key, string pem)
        {
            var node = context[new YamlScalarNode(key)];
            edits[node.Start.Index] = (node.End.Index, Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)));
        }
    }

    /// <summary>Reads the new text back: an alias, for one, lets two contexts share what was changed for one of them.</summary>
    private static void Demand(string file, TalosClientConfig before, IReadOnlyDictionary<string, PemPair> clients, string renewed)
    {
        var after = TalosconfigText.Parse(file, renewed);
        var same = after.Context == before.Context && after.Contexts.Count == before.Contexts.Count
            && before.Contexts.Zip(after.Contexts).All(pair => pair.First.Key == pair.Second.Key
                && pair.First.Value.Ca == pair.Second.Value.Ca
                && pair.Second.Value.Client == clients.GetValueOrDefault(pair.First.Key, pair.First.Value.Client!));
        if (!same)
        {
            throw new BadInputException([new Diagnostic
            {
                Severity = Severity.Error,
                File = file,
                Line = 0,
                Column = 0,
                Message = "the certificates cannot be exchanged without changing more than they",
                Expected = "contexts that do not share their values by aliases",
                Hint = "write a new talosconfig and let 'talosctl config merge' take it in",
            }]);
        }
    }
}

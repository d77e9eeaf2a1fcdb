using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Versions;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>Reads talos-patches. They are part of the program: what is wrong with one is a defect, and a test reads them all.</summary>
internal static class TalosPatchReader
{
    private const string Folder = "talos-patches/";

    private static readonly string[] Conditions = ["style", "talos", "role", "client", "masquerade", "link", "members", "lacp", "hash", "addressing", "vlan", "labels", "taints", "cpus", "cores", "sysfs", "rings", "channels", "features", "jit", "agent", "firewall"];

    public static IReadOnlyList<TalosPatchFile> ReadAll()
    {
        var assembly = typeof(TalosPatchReader).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return Read(name, reader.ReadToEnd());
                }),
        ];
    }

    /// <exception cref="InvalidOperationException">The file is not in the form that talos-patches/README.md tells.</exception>
    public static TalosPatchFile Read(string file, string text)
    {
        var findings = new List<Diagnostic>();
        var roots = YamlText.Load(file, text, findings);
        if (findings.Count > 0 || roots.Count < 2 || roots.Any(root => root is not YamlMappingNode))
        {
            throw new InvalidOperationException($"{file}: {(findings.Count > 0 ? findings[0] : "a header and at least one variant are needed, each a map")}");
        }

        var header = Required<YamlMappingNode>(file, (YamlMappingNode)roots[0], "slipway");
        var documents = Required<YamlMappingNode>(file, header, "documents");
        return new TalosPatchFile(
            file,
            Required<YamlScalarNode>(file, header, "name").Value!,
            Required<YamlScalarNode>(file, documents, "since").Value is { } since && since != "never" ? Line(since) : null,
            Texts(documents.Find("unless")),
            [.. roots.Skip(1).Select(root => Variant(file, (YamlMappingNode)root))]);
    }

    /// <summary><c>1.14</c></summary>
    public static ReleaseVersion Line(string text) => ReleaseVersion.Parse(text + ".0");

    private static TalosPatchVariant Variant(string file, YamlMappingNode root)
    {
        var when = Required<YamlMappingNode>(file, root, "when").Children.ToDictionary(pair => pair.Key.KeyText(), pair => Texts(pair.Value));
        if (when.Keys.FirstOrDefault(key => !Conditions.Contains(key)) is { } unknown)
        {
            throw new InvalidOperationException($"{file}: there is no condition '{unknown}'");
        }

        var each = root.Find("each").Text();
        if (each is not (null or NodeFacts.EachNic or NodeFacts.EachMember))
        {
            throw new InvalidOperationException($"{file}: there is no list '{each}'");
        }

        return new TalosPatchVariant(when, each, [.. Required<YamlSequenceNode>(file, root, "patch").Children.Cast<YamlMappingNode>()]);
    }

    private static IReadOnlyList<string> Texts(YamlNode? node) => node switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(item => item.Text() ?? "")],
        _ => [node.Text() ?? ""],
    };

    private static T Required<T>(string file, YamlMappingNode map, string key)
        where T : YamlNode =>
        map.Find(key) as T ?? throw new InvalidOperationException($"{file}: '{key}' is missing or has another form");
}

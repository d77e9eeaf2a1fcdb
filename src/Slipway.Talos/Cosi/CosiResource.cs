using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Talos.Cosi;

/// <summary>One resource as a node tells it. Not a record: its content may be a secret and must not print itself.</summary>
public sealed class CosiResource
{
    private readonly Lazy<YamlNode?> _spec;

    internal CosiResource(Wire.Cosi.Resource wire)
    {
        Kind = new CosiKind(wire.Metadata.Namespace, wire.Metadata.Type);
        Id = wire.Metadata.Id;
        Version = wire.Metadata.Version;
        Phase = wire.Metadata.Phase;
        Labels = wire.Metadata.Labels;
        Yaml = wire.Spec?.YamlSpec ?? "";
        ProtoSpec = wire.Spec?.ProtoSpec.Memory ?? default;
        _spec = new(Parse);
    }

    public CosiKind Kind { get; }

    public string Id { get; }

    public string Version { get; }

    /// <summary><c>running</c> or <c>tearingDown</c>.</summary>
    public string Phase { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>The spec as YAML text.</summary>
    public string Yaml { get; }

    public ReadOnlyMemory<byte> ProtoSpec { get; }

    /// <summary>The scalar at a path of keys, or null when it is not there.</summary>
    /// <exception cref="SlipwayException">Unknown: the node sent what is no YAML.</exception>
    public string? Text(params ReadOnlySpan<string> path) => (At(path) as YamlScalarNode)?.Value is { Length: > 0 } value ? value : null;

    public bool? Flag(params ReadOnlySpan<string> path) => bool.TryParse(Text(path), out var value) ? value : null;

    public long? Number(params ReadOnlySpan<string> path) =>
        long.TryParse(Text(path), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The items of a sequence of mappings, each as key to scalar text.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Items(params ReadOnlySpan<string> path) => At(path) is YamlSequenceNode sequence
        ? [.. sequence.OfType<YamlMappingNode>().Select(Scalars)]
        : [];

    /// <summary>The items of a sequence of scalars.</summary>
    public IReadOnlyList<string> Texts(params ReadOnlySpan<string> path) => At(path) is YamlSequenceNode sequence
        ? [.. sequence.OfType<YamlScalarNode>().Select(item => item.Value ?? "")]
        : [];

    /// <summary>The scalars of a mapping by their key.</summary>
    public IReadOnlyDictionary<string, string> Pairs(params ReadOnlySpan<string> path) => At(path) is YamlMappingNode mapping ? Scalars(mapping) : new Dictionary<string, string>();

    /// <summary>The whole numbers of a mapping by their key.</summary>
    public IReadOnlyDictionary<string, int> Numbers(params ReadOnlySpan<string> path) => At(path) is YamlMappingNode mapping
        ? Scalars(mapping)
            .Where(pair => int.TryParse(pair.Value, System.Globalization.CultureInfo.InvariantCulture, out _))
            .ToDictionary(pair => pair.Key, pair => int.Parse(pair.Value, System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal)
        : new Dictionary<string, int>();

    public override string ToString() => $"{Kind.Type}/{Id}@{Version}";

    private static Dictionary<string, string> Scalars(YamlMappingNode mapping) => mapping.Children
        .Where(pair => pair is { Key: YamlScalarNode, Value: YamlScalarNode })
        .ToDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => ((YamlScalarNode)pair.Value).Value ?? "", StringComparer.Ordinal);

    private YamlNode? At(ReadOnlySpan<string> path)
    {
        var node = _spec.Value;
        foreach (var key in path)
        {
            node = (node as YamlMappingNode)?.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode scalar && scalar.Value == key).Value;
        }

        return node;
    }

    private YamlNode? Parse()
    {
        var findings = new List<Diagnostic>();
        var roots = YamlText.Load(ToString(), Yaml, findings);
        return findings.Count == 0
            ? (roots.Count > 0 ? roots[0] : null)
            : throw new SlipwayException(FailureReason.Unknown, $"the node's resource {this} cannot be read") { Found = "text that is not YAML" };
    }
}

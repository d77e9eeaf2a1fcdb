using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Tests.Pki;
using YamlDotNet.RepresentationModel;

namespace Slipway.Tests.MachineConfig.Rendering;

/// <summary>A rendered config, asked by document and dotted path.</summary>
internal sealed class Rendered
{
    private readonly IReadOnlyList<ConfigDocument> _documents;

    public Rendered(ConfigResult result)
    {
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        Text = result.Config!.Reveal();
        _documents = MachineConfigText.Parse("rendered", Text, new List<Diagnostic>());
    }

    public string Text { get; }

    public IEnumerable<string> Labels => _documents.Select(document => document.Label);

    /// <summary>A scalar, or the scalars of a list joined by commas; null when there is nothing.</summary>
    public string? this[string label, string path] =>
        Show(path.Split('.').Aggregate((YamlNode?)_documents.SingleOrDefault(document => document.Label == label)?.Root, (node, key) => (node as YamlMappingNode)?.Find(key.Replace('~', '.'))));

    public static RenderRequest Request(string talos, NodeRole role, Func<NodeSpec, NodeSpec>? node = null, Func<ClusterSpec, ClusterSpec>? spec = null)
    {
        var made = new NodeSpec
        {
            Name = role == NodeRole.Worker ? "validator-1" : "cp-1",
            Address = "10.0.0.21",
            Role = role,
            Install = new InstallSpec { Serial = "S4EV" },
        };
        made = node?.Invoke(made) ?? made;
        var cluster = new ClusterSpec
        {
            Name = "prod",
            Endpoint = new Uri("https://api.example.org:6443"),
            Talos = ReleaseVersion.Parse(talos),
            Kubernetes = new ReleaseVersion(1, 33, 4),
            Network = new NetworkSpec { PodCidrs = ["10.20.0.0/16"], ServiceCidrs = ["10.30.0.0/16"], DnsDomain = "prod.local" },
            Nodes = [made],
            Configs = new BaseConfigSpec(),
            SecretsFile = "secrets.yaml",
            Cilium = new CiliumSpec { Version = CiliumSpec.DefaultVersion, Chart = new ChartSource(ChartSourceKind.StandIn, "") },
            Policies = new PolicySpec(),
            Xdp = new XdpSpec(),
        };
        return new RenderRequest { Spec = spec?.Invoke(cluster) ?? cluster, Node = made, Secrets = TestSecrets.Bundle };
    }

    private static string? Show(YamlNode? node) => node switch
    {
        null => null,
        YamlScalarNode scalar => scalar.Value,
        YamlSequenceNode list => string.Join(',', list.Children.Select(Show)),
        YamlMappingNode map => string.Join(';', map.Children.Select(pair => $"{pair.Key}={Show(pair.Value)}")),
        _ => node.ToString(),
    };
}

using System.Globalization;
using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Doctor;

/// <summary>Reads the intent out of a machine config: fields of v1alpha1 and documents together, the document winning as in Talos.</summary>
public static class NodeIntentReader
{
    /// <summary>Empty for a text that is no machine config: it was judged when it was rendered or taken.</summary>
    public static NodeIntent Read(string config)
    {
        var documents = MachineConfigText.Parse("config", config, new List<Diagnostic>());
        var machine = documents.FirstOrDefault(document => document.IsLegacy)?.Root.Map("machine");
        return new NodeIntent
        {
            Sysctls = Settings("/proc/sys", machine?.Map("sysctls"), documents, "SysctlConfig"),
            Sysfs = Settings("/sys", machine?.Map("sysfs"), documents, "SysfsConfig"),
            KernelArguments = [.. Texts(machine?.Map("install")?.Find("extraKernelArgs"))],
            Links = Links(machine, documents),
            Limits = Limits([machine?.Map("baseRuntimeSpecOverrides"), .. Of(documents, "CRIBaseRuntimeSpecConfig").Select(document => document.Root.Map("overrides"))]),
            SeccompProfiles = [.. Items(machine?.Find("seccompProfiles")).Select(profile => profile.Find("name").Text()).OfType<string>()],
            Labels = Of(documents, "KubeNodeConfig").Select(document => document.Root.Map("labels")).Prepend(machine?.Map("nodeLabels")).SelectMany(Pairs)
                .GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(label => label.Key, label => label.Last().Value.Text() ?? "", StringComparer.Ordinal),
            KubePrismPort = KubePrism(machine?.Map("features")?.Map("kubePrism"), Of(documents, "KubePrismConfig").LastOrDefault()?.Root),
            CpuManagerPolicy = Of(documents, "KubeletConfig").Select(document => document.Root.Map("config")).Prepend(machine?.Map("kubelet")?.Map("extraConfig"))
                .Select(config => config?.Find("cpuManagerPolicy").Text()).LastOrDefault(policy => policy is not null),
            BlocksIngress = Of(documents, "NetworkDefaultActionConfig").LastOrDefault()?.Root.Find("ingress").Text() == "block",
            ExtensionServices = [.. Of(documents, "ExtensionServiceConfig").Select(document => document.Name).OfType<string>()],
        };
    }

    /// <summary>Port 7445 is Talos' default (pkg/machinery/constants, DefaultKubePrismPort).</summary>
    private static int? KubePrism(YamlMappingNode? feature, YamlMappingNode? document) =>
        document is not null ? Number(document.Find("port")) ?? 7445
        : feature?.Find("enabled").Text() == "true" ? Number(feature.Find("port")) ?? 7445
        : null;

    private static List<KernelSetting> Settings(string root, YamlMappingNode? old, IReadOnlyList<ConfigDocument> documents, string kind)
    {
        var all = new SortedDictionary<string, KernelSetting>(StringComparer.Ordinal);
        foreach (var map in Of(documents, kind).Select(document => document.Root.Map("params")).Prepend(old).OfType<YamlMappingNode>())
        {
            foreach (var (key, value) in Pairs(map))
            {
                var path = KernelPath.Of(root, key);
                all[path] = new KernelSetting(key, path, value.Text() ?? "");
            }
        }

        return [.. all.Values];
    }

    private static Dictionary<string, LinkIntent> Links(YamlMappingNode? machine, IReadOnlyList<ConfigDocument> documents)
    {
        var links = new Dictionary<string, LinkIntent>(StringComparer.Ordinal);
        foreach (var item in Items(machine?.Map("network")?.Find("interfaces")))
        {
            if (item.Find("interface").Text() is { } name)
            {
                Set(name, link => link with { Mtu = Number(item.Find("mtu")) ?? link.Mtu });
                foreach (var vlan in Items(item.Find("vlans")))
                {
                    Set($"{name}.{vlan.Find("vlanId").Text()}", link => link with { Mtu = Number(vlan.Find("mtu")) ?? link.Mtu });
                }
            }
        }

        foreach (var document in documents.Where(document => document.Kind is "LinkConfig" or "VLANConfig" or "BondConfig" or "BridgeConfig" && document.Name is not null))
        {
            Set(document.Name!, link => link with { Mtu = Number(document.Root.Find("mtu")) ?? link.Mtu });
        }

        foreach (var document in Of(documents, "EthernetConfig").Where(document => document.Name is not null))
        {
            Set(document.Name!, link => link with
            {
                Rings = Numbers(document.Root.Map("rings")),
                Channels = Numbers(document.Root.Map("channels")),
                Features = Pairs(document.Root.Map("features")).ToDictionary(pair => pair.Key, pair => pair.Value.Text() == "true", StringComparer.Ordinal),
            });
        }

        return links;

        void Set(string name, Func<LinkIntent, LinkIntent> change) => links[name] = change(links.GetValueOrDefault(name) ?? new LinkIntent());
    }

    private static Dictionary<string, long> Limits(IEnumerable<YamlMappingNode?> overrides)
    {
        var limits = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var limit in overrides.SelectMany(map => Items(map?.Map("process")?.Find("rlimits"))))
        {
            if (limit.Find("type").Text() is { } type && long.TryParse(limit.Find("soft").Text(), CultureInfo.InvariantCulture, out var soft))
            {
                limits[type] = soft;
            }
        }

        return limits;
    }

    private static IEnumerable<ConfigDocument> Of(IEnumerable<ConfigDocument> documents, string kind) => documents.Where(document => document.Kind == kind);

    private static YamlMappingNode? Map(this YamlMappingNode map, string key) => map.Find(key) as YamlMappingNode;

    private static IEnumerable<YamlMappingNode> Items(YamlNode? list) => (list as YamlSequenceNode)?.OfType<YamlMappingNode>() ?? [];

    private static IEnumerable<string> Texts(YamlNode? list) => (list as YamlSequenceNode)?.Select(item => item.Text()).OfType<string>() ?? [];

    private static int? Number(YamlNode? node) => int.TryParse(node.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<(string Key, YamlNode Value)> Pairs(YamlMappingNode? map) => map?.Children.Select(pair => (pair.Key.KeyText(), pair.Value)) ?? [];

    private static Dictionary<string, int> Numbers(YamlMappingNode? map) => Pairs(map)
        .Select(pair => (pair.Key, Value: Number(pair.Value)))
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Key, pair => pair.Value!.Value, StringComparer.Ordinal);
}

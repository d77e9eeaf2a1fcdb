using System.Text.Json;
using Slipway.Xdp;

namespace Slipway.Agent.Configuration;

/// <summary>The file into a configuration: strict, and never stopping at the first finding.</summary>
internal static partial class ConfigReader
{
    private const int MostCidrs = 4096;

    public static ConfigResult Read(ReadOnlySpan<byte> json)
    {
        var findings = new List<Finding>();
        if (JsonPlaceReader.Read(json, findings) is not { } root)
        {
            return new ConfigResult(null, findings);
        }

        var section = new Section(root, findings);
        var config = root.Kind == JsonValueKind.Object ? Config(section) : AgentConfig.Default;
        section.Close();
        if (findings.Count == 0)
        {
            findings.AddRange(Contradictions.In(config, root));
        }

        findings.Sort((one, other) => (one.Line, one.Column).CompareTo((other.Line, other.Column)));
        return new ConfigResult(findings.Count == 0 ? config : null, findings);
    }

    private static AgentConfig Config(Section section)
    {
        var defaults = AgentConfig.Default;
        if (section.Take("version") is { } version && version is not { Kind: JsonValueKind.Number, Text: "1" })
        {
            section.Report(version, $"found {version.Found}", "1", "a newer Slipway wrote this file: upgrade the extension");
        }

        return new AgentConfig
        {
            Mode = section.Choice("mode", defaults.Mode, ("observe", FilterMode.Observe), ("enforce", FilterMode.Enforce), ("off", FilterMode.Off)),
            Interfaces = section.List("interfaces", 64, defaults.Interfaces, value => Interface(section, value)),
            Ports = section.List("ports", 256, defaults.Ports, value => Port(section, value)),
            LearnPorts = section.Boolean("learnPorts") ?? defaults.LearnPorts,
            OwnAddresses = section.List("ownAddresses", 64, defaults.OwnAddresses, value => Address(section, value)),
            Operators = Networks(section, "operators"),
            ClusterNodes = Networks(section, "clusterNodes"),
            Known = Networks(section, "known"),
            Banned = Networks(section, "banned"),
            NeverDrop = section.List("neverDrop", 64, defaults.NeverDrop, value => Ports(section, value)),
            Limits = section.Object("limits") is { } limits ? Limits(limits) : defaults.Limits,
            Stake = section.Object("stake") is { } stake ? Stake(stake) : null,
            HeartbeatMinutes = section.Integer("heartbeatMinutes", defaults.HeartbeatMinutes, 1, 1440),
            SampleOneIn = Sample(section, defaults.SampleOneIn),
            Metrics = section.Object("metrics") is { } metrics ? Metrics(metrics) : defaults.Metrics,
            Audit = section.Object("audit") is { } audit ? Audit(audit) : null,
            Affinity = section.Object("affinity") is { } affinity ? Affinity(affinity) : null,
            Exile = section.Object("exile") is { } exile ? Exile(exile) : null,
            Marks = section.Object("marks") is { } marks ? Marks(marks) : defaults.Marks,
            OnExit = section.Choice("onExit", defaults.OnExit, ("leave", ExitBehaviour.Leave), ("detach", ExitBehaviour.Detach)),
            Status = section.Object("status") is { } status ? Status(status) : defaults.Status,
        };
    }

    private static int Sample(Section section, int fallback)
    {
        var sample = section.Integer("sampleOneIn", fallback, 0, 1 << 20);
        if ((sample & (sample - 1)) != 0 && sample > 0)
        {
            section.Report(section.Take("sampleOneIn")!, $"found {sample}", "0 or a power of two, such as 64");
        }

        return sample;
    }
}

using Slipway.Core.Diagnostics;
using Slipway.Core.Layouts;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>
/// What kubelet ends up with, all patches applied: a static CPU manager reserves something, and no patch gives pods a CPU that
/// the node's profile keeps for the kernel or the NIC.
/// </summary>
internal static class KubeletCpuRules
{
    public static IEnumerable<Diagnostic> Check(string file, NodeSpec node, BaseConfig rendered)
    {
        var policy = Find(rendered, "cpuManagerPolicy");
        var reserved = Find(rendered, "reservedSystemCPUs");
        if (NodeLayout.Of(node).ReservedCpus is { } wanted
            && (!CpuSet.TryParse(reserved.Text() ?? "", out var found) || wanted.Except(found).Count > 0 || policy.Text() != "static"))
        {
            yield return Finding(
                Severity.Error, file, reserved ?? policy,
                $"the profile {node.Profile} keeps CPUs {wanted} from pods, and a patch has made kubelet's config say cpuManagerPolicy {policy.Text() ?? "nothing"} and reservedSystemCPUs {reserved.Text() ?? "nothing"}",
                $"static and {wanted}",
                "leave both to the profile");
        }
        else if (policy.Text() == "static" && reserved is null && !Reserves(rendered, "systemReserved") && !Reserves(rendered, "kubeReserved"))
        {
            yield return Finding(
                Severity.Warning, file, policy,
                "kubelet's static CPU manager is on and no CPU is reserved: Talos' defaults come to one CPU for all of the system",
                "reservedSystemCPUs",
                "a profile with cpus sets both");
        }
    }

    private static bool Reserves(BaseConfig rendered, string group) => Find(rendered, $"{group}.cpu") is not null;

    private static YamlNode? Find(BaseConfig rendered, string path) =>
        rendered.Find("KubeletConfig", $"config.{path}") ?? rendered.Find(ConfigDocument.LegacyKind, $"machine.kubelet.extraConfig.{path}");

    private static Diagnostic Finding(Severity severity, string file, YamlNode? at, string message, string expected, string hint) => new()
    {
        Severity = severity,
        File = file,
        Line = (int)(at?.Start.Line ?? 0),
        Column = (int)(at?.Start.Column ?? 0),
        Path = "kubelet",
        Message = message,
        Expected = expected,
        Hint = hint,
    };
}

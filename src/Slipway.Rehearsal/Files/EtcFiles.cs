using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Nodes;
using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Files;

/// <summary>/etc and /var: what Talos writes from its config.</summary>
internal static class EtcFiles
{
    public static void Add(RehearsedNode node, IDictionary<string, string> files)
    {
        files["/etc/hostname"] = node.Hostname + "\n";
        files["/etc/os-release"] = $"NAME=\"Talos\"\nID=talos\nVERSION_ID={node.Traits.Version}\nPRETTY_NAME=\"Talos ({node.Traits.Version})\"\n";
        files["/etc/resolv.conf"] = "nameserver 127.0.0.53\n";
        files["/var/lib/kubelet/pki/kubelet.crt"] = "\n";
        if (node.Active is not { } config)
        {
            return;
        }

        var limits = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["RLIMIT_NOFILE"] = 1024 };
        foreach (var item in Items(config.Main.At("machine", "baseRuntimeSpecOverrides", "process", "rlimits")).Concat(Items(config.Document("CRIBaseRuntimeSpecConfig").At("overrides", "process", "rlimits"))))
        {
            limits[item.TextAt("type") ?? ""] = long.Parse(item.TextAt("soft") ?? "0", CultureInfo.InvariantCulture);
        }

        files["/etc/cri/conf.d/base-spec.json"] = new JsonObject
        {
            ["ociVersion"] = "1.2.1",
            ["process"] = new JsonObject
            {
                ["rlimits"] = new JsonArray([.. limits.Select(limit => new JsonObject { ["type"] = limit.Key, ["hard"] = limit.Value, ["soft"] = limit.Value })]),
            },
        }.ToJsonString() + "\n";
        files["/var/lib/kubelet/cpu_manager_state"] = new JsonObject { ["policyName"] = config.CpuManagerPolicy, ["defaultCpuSet"] = "", ["checksum"] = 1353318690 }.ToJsonString();
        foreach (var profile in Items(config.Main.At("machine", "seccompProfiles")))
        {
            files[$"/var/lib/kubelet/seccomp/profiles/{profile.TextAt("name")}"] = "{}\n";
        }
    }

    private static IEnumerable<YamlNode> Items(YamlNode? list) => list as YamlSequenceNode ?? [];
}

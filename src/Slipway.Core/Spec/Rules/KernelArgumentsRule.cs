using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>
/// Own kernel arguments neither take away what Talos cannot boot without, nor say a second time what follows from the layout:
/// the tools that build images put arguments of one name together, and which of two counts is then the kernel's business.
/// </summary>
internal sealed class KernelArgumentsRule : ISpecRule
{
    /// <summary>Talos refuses to boot without slab_nomerge and pti=on (pkg/kernel/kspp/kspp.go).</summary>
    private static readonly string[] s_mandatory = ["pti", "nopti", "slab_nomerge", "slab_merge", "slub_merge", "slub_nomerge"];

    private static readonly Dictionary<string, string> s_derived = new()
    {
        ["isolcpus"] = "cpus.isolation",
        ["irqaffinity"] = "cpus.housekeeping and cpus.network",
        ["nohz_full"] = "cpus.tickless",
        ["rcu_nocbs"] = "cpus.tickless",
        ["cpufreq.default_governor"] = "cpus.governor",
        ["amd_pstate"] = "cpus.frequencyDriver",
        ["intel_pstate"] = "cpus.frequencyDriver",
        ["processor.max_cstate"] = "cpus.shallowIdle",
        ["intel_idle.max_cstate"] = "cpus.shallowIdle",
        ["hugepagesz"] = "hugepages",
        ["hugepages"] = "hugepages",
        ["default_hugepagesz"] = "hugepages",
    };

    public void Check(SpecValue root, SpecFindings findings)
    {
        foreach (var profile in root.Find("profiles")?.Entries.Values ?? [])
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var argument in profile.ItemsOf("kernelArgs"))
            {
                CheckOne(argument, findings);
                if (!seen.Add(argument.Text))
                {
                    findings.Error(argument, $"'{argument.Text}' is there twice", "each argument once");
                }
            }
        }
    }

    private static void CheckOne(SpecValue argument, SpecFindings findings)
    {
        var name = argument.Text.Split('=')[0];
        // The kernel reads '-' and '_' in names alike (kernel/params.c, dash2underscore).
        var plain = name.Replace('-', '_');
        if (s_mandatory.Contains(plain))
        {
            findings.Error(argument, $"Talos sets pti=on and slab_nomerge and does not boot without them, and '{argument.Text}' would speak for one of them again", "neither here", "Talos' own arguments stay as they are");
        }
        else if (s_derived.TryGetValue(plain, out var key))
        {
            findings.Error(argument, $"{name} follows from the layout", $"{key} of the profile");
        }
        else if (argument.Text == "mitigations=off")
        {
            findings.Warning(argument, "mitigations=off opens the machine to every CPU flaw that is known, while pti=on has to stay", "no such argument", "no client's documentation asks for it");
        }
    }
}

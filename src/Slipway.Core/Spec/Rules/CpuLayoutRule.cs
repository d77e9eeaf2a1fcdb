using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>The CPU sets of a profile do not contradict each other, its client, or the kernel of Talos.</summary>
internal sealed class CpuLayoutRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        foreach (var (name, profile) in root.Find("profiles")?.Entries ?? new Dictionary<string, SpecValue>())
        {
            if (profile.Find("cpus") is not { } cpus)
            {
                continue;
            }

            CheckOverlap(cpus, findings);
            CheckIsolation(name, profile, cpus, findings);
            CheckTickless(root, profile, cpus, findings);
        }
    }

    private static void CheckOverlap(SpecValue cpus, SpecFindings findings)
    {
        (string Key, string What)[] sets = [("housekeeping", "housekeeping"), ("network", "network"), ("workload", "workload")];
        for (var i = 0; i < sets.Length; i++)
        {
            for (var j = i + 1; j < sets.Length; j++)
            {
                if (Set(cpus, sets[i].Key) is { } first
                    && cpus.Find(sets[j].Key) is { } at
                    && first.Intersect(CpuSet.Parse(at.Text)) is { Count: > 0 } both
                    // Network CPUs that are the housekeeping CPUs are the same as none named.
                    && !(sets[j].Key == "network" && first.Equals(CpuSet.Parse(at.Text))))
                {
                    findings.Error(
                        at,
                        $"{(both.Count == 1 ? "CPU" : "CPUs")} {both} {(both.Count == 1 ? "is" : "are")} {sets[i].What} and {sets[j].What} at once",
                        "each CPU in one set",
                        sets[j].Key == "network" ? "without 'network', the housekeeping CPUs serve the NIC" : null);
                }
            }
        }
    }

    private static void CheckIsolation(string name, SpecValue profile, SpecValue cpus, SpecFindings findings)
    {
        var isolation = cpus.Find("isolation");
        if (Set(cpus, "workload") is { } workload && workload.Contains(0))
        {
            findings.Warning(cpus.Find("workload")!, "CPU 0 is a workload CPU, but the kernel boots on it and leaves timers and interrupts there", "CPU 0 among the housekeeping CPUs");
        }

        var client = ValidatorClients.Named(profile.TextOf("client") ?? name);
        if (isolation?.Text == "full" && client is not (ValidatorClient.Firedancer or ValidatorClient.None))
        {
            findings.Warning(
                isolation,
                $"with full isolation the scheduler does not balance the workload CPUs, and {client.Text()} leaves most of its threads to the scheduler: they would crowd on one CPU",
                "interrupts, or none");
        }
    }

    /// <summary>siderolabs/pkgs, kernel/build/config-amd64: neither NO_HZ_FULL nor RCU_NOCB_CPU is set.</summary>
    private static void CheckTickless(SpecValue root, SpecValue profile, SpecValue cpus, SpecFindings findings)
    {
        if (cpus.BooleanOf("tickless") is not true)
        {
            return;
        }

        var tickless = cpus.Find("tickless")!;
        if ((profile.Find("installer") ?? profile.Find("installerArchive") ?? root.Find("talos", "installer") ?? root.Find("talos", "installerArchive")) is null)
        {
            findings.Error(
                tickless,
                "the kernel of Talos is built without nohz_full and rcu_nocbs, so both arguments would count for nothing",
                "false",
                "only an installer of your own, with a kernel of your own, can have them");
        }
        else
        {
            findings.Warning(tickless, "nohz_full and rcu_nocbs need a kernel that is built with them, which Talos' own is not", "an installer with such a kernel", "after the boot, /sys/devices/system/cpu/nohz_full shows whether it has them");
        }
    }

    private static CpuSet? Set(SpecValue cpus, string key) => cpus.TextOf(key) is { } text ? CpuSet.Parse(text) : null;
}

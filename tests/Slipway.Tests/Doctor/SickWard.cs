using System.Globalization;
using Slipway.Core.Doctor;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Doctor;
using Slipway.Rehearsal;
using Slipway.Talos.Adapters;
using Slipway.Talos.Pki;
using Slipway.Tests.Planning;
using Slipway.Tests.Rehearsal.Nodes;
using Slipway.Tests.Rehearsal.Serving;

namespace Slipway.Tests.Doctor;

/// <summary>
/// A control plane, a worker that is well, and one worker with each fault, all with the same config and all examined once over the
/// true protocol. Shared by the tests of a class: twenty machines are installed in the time of one.
/// </summary>
public sealed class SickWard : IAsyncLifetime
{
    private const string Link = "enp1s0f0np0";

    /// <summary>One for each worker after the first, in order.</summary>
    internal static readonly string[] Faults =
    [
        "file:/run/slipway/xdp/status.json",
        "file:/proc/sys/net/core/rmem_max=212992", "file:/proc/sys/net/core/rmem_max", "file:/proc/cmdline=talos.platform=metal slab_nomerge", "file:/proc/sys/kernel/osrelease=5.15.0",
        "file:/sys/class/net/enp1s0f0np0/napi_defer_hard_irqs=0", "file:/sys/kernel/security/lockdown=none integrity [confidentiality]", "file:/sys/kernel/btf/vmlinux",
        "file:/proc/sys/net/core/bpf_jit_enable=0", "file:/proc/mounts=none /sys/fs/bpf bpf rw 0 0", "file:/sys/devices/system/cpu/cpufreq/policy7/scaling_governor=powersave",
        "file:/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages=0", "file:/sys/class/net/enp1s0f0np0/device/sriov_numvfs=4", "file:/proc/meminfo=MemTotal: 65000000 kB",
        "file:/proc/sys/kernel/io_uring_disabled=2", "file:/etc/cri/conf.d/base-spec.json={\"process\":{\"rlimits\":[]}}", "file:/var/lib/kubelet/seccomp/profiles/validator.json",
        "ail:low-mtu", "ail:slow-link", "ail:link-errors", "ail:old-driver", "ail:stubborn-nic", "ail:single-queue", "ail:clock-off", "ail:time-unsynced", "ail:other-disk", "ail:sick-service",
        "ail:no-extension", "ail:weak-cpu", "ail:no-firewall", "file:/var/lib/kubelet/cpu_manager_state={\"policyName\":\"none\"}",
    ];

    private RehearsalBench? _bench;
    private TalosFleet? _fleet;

    internal IReadOnlyDictionary<string, NodeCheckup> Checkups { get; private set; } = new Dictionary<string, NodeCheckup>();

    /// <summary>Of the worker that is well.</summary>
    internal IReadOnlyList<CheckLine> Well => Checkups["w1"].Checks;

    internal IReadOnlyList<CheckLine> With(string fault) => Checkups[Worker(Array.IndexOf(Faults, fault) + 1)].Checks;

    public async ValueTask InitializeAsync()
    {
        _bench = await RehearsalBench.StartAsync("v1.13.2", 1, Faults.Length + 1, [.. Faults.Select((fault, index) => FaultText.Parse($"{fault}@{Worker(index + 1)}"))]);
        var configs = _bench.Host.Nodes.ToDictionary(node => node.Name, Config);
        await Task.WhenAll(configs.Select(pair => _bench.ConfigureAsync(pair.Key, pair.Value)));
        var identity = ClientIdentity.Mint(ConfigText.Secrets.Os, ["os:admin"], TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow()).Pair;
        _fleet = new TalosFleet(_bench.Clock, ConfigText.Secrets.Os.Certificate, () => identity);
        var desired = Desired(configs);
        using (_bench.Clock.Busy())
        {
            var report = await Checkup.RunAsync(_fleet, desired, desired.Spec.Nodes, TestContext.Current.CancellationToken);
            Checkups = report.Nodes.ToDictionary(node => node.Node);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_fleet?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_bench?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static string Worker(int index) => string.Create(CultureInfo.InvariantCulture, $"w{index + 1}");

    private string Config(RehearsedMachine machine)
    {
        if (machine.Role == NodeRole.ControlPlane)
        {
            return _bench!.ControlPlaneConfig(machine.Name);
        }

        var config = _bench!.WorkerConfig(
            machine.Name,
            machine: """
                  sysctls: {net.core.rmem_max: "134217728", kernel.numa_balancing: "0", net.core.bpf_jit_harden: "1"}
                  sysfs:
                    class.net.enp1s0f0np0.napi_defer_hard_irqs: "2"
                    devices.system.cpu.cpufreq.policy7.scaling_governor: schedutil
                    kernel.mm.hugepages.hugepages-2048kB.nr_hugepages: "1024"
                  kubelet: {extraConfig: {cpuManagerPolicy: static, reservedSystemCPUs: 0-1} }
                  seccompProfiles: [{name: validator.json, value: {}}]
                  baseRuntimeSpecOverrides: {process: {rlimits: [{type: RLIMIT_NOFILE, hard: 1000000, soft: 1000000}, {type: RLIMIT_MEMLOCK, hard: 2000000000, soft: 2000000000}]}}
                """,
            documents: $$"""
                ---
                {apiVersion: v1alpha1, kind: LinkConfig, name: {{Link}}, up: true, mtu: 9000}
                ---
                {apiVersion: v1alpha1, kind: DHCPv4Config, name: {{Link}}}
                ---
                {apiVersion: v1alpha1, kind: EthernetConfig, name: {{Link}}, rings: {rx: 4096}, channels: {combined: 8}, features: {rx-udp-gro-forwarding: true} }
                ---
                {apiVersion: v1alpha1, kind: ExtensionServiceConfig, name: slipway-xdp, configFiles: [{mountPath: /usr/local/etc/slipway/xdp.json, content: '{"mode": "enforce"}'}]}
                ---
                {apiVersion: v1alpha1, kind: ExtensionServiceConfig, name: nodeagent}
                ---
                {apiVersion: v1alpha1, kind: NetworkDefaultActionConfig, ingress: block}

                """);
        return config.Replace("ghcr.io/siderolabs/installer:latest", "registry.example/installer:v1.13.2", StringComparison.Ordinal);
    }

    private DesiredState Desired(IReadOnlyDictionary<string, string> configs)
    {
        var sample = Sample.Desired(talos: "1.13.2");
        return sample with
        {
            Configs = configs.ToDictionary(pair => pair.Key, pair => new Sensitive(pair.Value)),
            Spec = sample.Spec with
            {
                Xdp = new XdpSpec { Mode = XdpMode.Enforce },
                Nodes =
                [
                    .. _bench!.Host.Nodes.Select(machine => new NodeSpec
                    {
                        Name = machine.Name,
                        Address = machine.Address.ToString(),
                        Role = machine.Role,
                        Identity = new NodeIdentity { Uuid = machine.Uuid, Mac = machine.Mac },
                        Install = new InstallSpec { Serial = machine.DiskSerial },
                        Interface = new InterfaceSpec { Name = Link },
                        Profile = machine.Role == NodeRole.Worker ? "agave-xdp" : null,
                    }),
                ],
            },
        };
    }
}

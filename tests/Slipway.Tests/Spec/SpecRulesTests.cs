using Slipway.Core.Spec;

namespace Slipway.Tests.Spec;

/// <summary>Each case spoils one place of the complete spec and names the finding that must come of it.</summary>
public sealed class SpecRulesTests
{
    [Theory]
    // versions
    [InlineData("version: v1.12.4", "version: v1.9.6", "error: talos.version: Talos v1.9.6 is not supported; expected a release of 1.10 to 1.14")]
    [InlineData("version: v1.12.4", "version: v1.15.0", "error: talos.version: Talos v1.15.0 is not supported")]
    [InlineData("version: 1.30.9", "version: 1.36.0", "error: kubernetes.version: Kubernetes v1.36.0 does not go with Talos v1.12.4; expected Kubernetes 1.30 to 1.35; hint: Talos 1.13, 1.14 would support it")]
    [InlineData("version: 1.30.9", "version: 1.31.0", "warning: cilium.version: Cilium 1.16 was not tested upstream on Kubernetes 1.31; expected Kubernetes 1.27 to 1.30")]
    [InlineData("version: 1.16.18", "version: 1.15.9", "error: cilium.version: Cilium v1.15.9 is not supported; expected a release of 1.16 to 1.20")]
    [InlineData("version: 1.16.18", "version: 1.21.0", "error: cilium.version: Cilium v1.21.0 is not supported")]
    [InlineData("version: 1.16.18", "version: 1.19.6", "warning: cilium.version: Slipway does not know which Kubernetes Cilium 1.19 was tested on")]
    [InlineData("ba:v1.12.4", "ba:v1.12.5", "error: talos.installer: the installer's tag is v1.12.5, but talos.version is v1.12.4")]
    [InlineData("ba:v1.12.4", "ba", "error: talos.installer: 'factory.talos.dev/metal-installer/3765679")]
    [InlineData("  - name: cp2\n", "  - name: cp2\n    talos: {version: v1.9.6}\n", "error: nodes[1].talos.version: Talos v1.9.6 is not supported")]
    [InlineData("  - name: cp2\n", "  - name: cp2\n    talos: {version: v1.14.0, installer: example.org/i:v1.14.0}\n", "error: nodes[1].talos.version: Kubernetes v1.30.9 does not go with Talos v1.14.0; expected Kubernetes 1.32 to 1.37")]
    [InlineData("  - name: cp2\n", "  - name: cp2\n    talos: {version: v1.11.6}\n", "error: nodes[1].talos.version: the node shall run v1.11.6, but talos.installer is of v1.12.4")]
    [InlineData("  - name: cp2\n", "  - name: cp2\n    talos: {version: v1.11.6, installer: example.org/i:v1.11.5}\n", "error: nodes[1].talos.installer: the installer's tag is v1.11.5, but the node's version is v1.11.6")]
    [InlineData("  - name: cp2\n", "  - name: cp2\n    talos: {version: v1.12.4, installerArchive: i.tar}\n", "error: nodes[1].talos.installerArchive: cp2 shall run Talos v1.12.4, which takes installers from registries only; expected Talos 1.13 or later, or no archive")]
    [InlineData("ba:v1.12.4", "ba:v1.12.4\n  installerArchive: i.tar", "error: talos.installerArchive: cp1 shall run Talos v1.12.4, which takes installers from registries only")]
    [InlineData("ba:v1.12.4", "ba:v1.12.4\n  installerArchive: [i.tar]", "error: talos.installerArchive: found a list; expected a path")]
    [InlineData("ba:v1.12.4", "ba:v1.12.4\n  installerArchive: \"\"", "error: talos.installerArchive: ")]
    [InlineData("  epyc:\n", "  epyc:\n    installerArchive: ./i.tar\n", "error: profiles.epyc.installerArchive: sol-1 shall run Talos v1.12.4")]
    // endpoint
    [InlineData("https://api.prod.example.org:6443", "https://api.prod.example.org", "hint: name the port, such as https://api.prod.example.org:6443")]
    [InlineData("https://api.prod.example.org:6443", "https://api.prod.example.org:6443/x", "is not an API endpoint")]
    [InlineData("https://api.prod.example.org:6443", "https://api.prod.example.org:66443", "is not an API endpoint")]
    [InlineData("https://api.prod.example.org:6443", "https://u:p@api.prod.example.org:6443", "is not an API endpoint")]
    [InlineData("https://api.prod.example.org:6443", "https://10.0.0.11:6443", "warning: endpoint: the endpoint is the address of control plane cp1 alone")]
    [InlineData("https://api.prod.example.org:6443", "https://10.0.0.21:6443", "error: endpoint: the endpoint is the address of node sol-1, which is a worker")]
    [InlineData("https://api.prod.example.org:6443", "https://10.128.3.4:6443", "error: endpoint: the endpoint's address 10.128.3.4 lies in the pod range 10.128.0.0/16")]
    // networks
    [InlineData("10.112.0.0/16, ", "10.128.64.0/18, ", "error: network.serviceCIDRs[0]: service range 10.128.64.0/18 overlaps pod range 10.128.0.0/16")]
    [InlineData("[10.128.0.0/16, \"fd00:10:128::/56\"]", "[10.128.0.0/16, 10.129.0.0/16]", "error: network.podCIDRs[1]: a second pod range of IPv4")]
    [InlineData("[10.128.0.0/16, \"fd00:10:128::/56\"]", "[10.128.0.0/16]", "error: network.serviceCIDRs[1]: services have IPv6 addresses and pods have none")]
    [InlineData("10.128.0.0/16, ", "10.0.0.0/16, ", "error: nodes[0].address: address 10.0.0.11 of node cp1 lies in the pod range 10.0.0.0/16")]
    [InlineData("10.128.0.0/16, ", "10.128.0.0/23, ", "error: network.podCIDRs[0]: pod range 10.128.0.0/23 has room for 2 nodes, and there are 4; expected a prefix of /22 or shorter")]
    [InlineData("addresses: [10.0.0.11/24]", "addresses: [10.0.0.11/8]", "the network of 10.0.0.11/8 (10.0.0.0/8) overlaps the pod range 10.128.0.0/16")]
    [InlineData("192.0.2.0/24", "10.128.7.0/24", "error: network.operatorCIDRs[0]: operators at 10.128.7.0/24 lie in the pod range 10.128.0.0/16")]
    [InlineData("192.0.2.0/24", "10.0.0.0/8", "warning: network.operatorCIDRs[0]: operators at 10.0.0.0/8 cover the pod range 10.128.0.0/16, so pods count as operators")]
    [InlineData("192.0.2.0/24", "0.0.0.0/0", "warning: network.operatorCIDRs[0]: every address in the world counts as an operator")]
    [InlineData("operatorCIDRs: [192.0.2.0/24, 198.51.100.7/32]", "operatorCIDRs: []", "warning: network.operatorCIDRs: no operator networks are named")]
    [InlineData("203.0.113.0/24", "192.0.2.128/25", "error: policies.denyCIDRs[0]: denies 192.0.2.128/25, which overlaps 192.0.2.0/24 (operators)")]
    [InlineData("203.0.113.0/24", "10.0.0.0/28", "error: policies.denyCIDRs[0]: denies 10.0.0.0/28, which overlaps 10.0.0.11/32 (node cp1)")]
    [InlineData("192.0.2.0/24", "192.0.2.0/33", "'192.0.2.0/33' is not a network")]
    [InlineData("192.0.2.0/24", "192.0.2.0", "hint: add the prefix length, such as 192.0.2.0/24")]
    [InlineData("192.0.2.0/24", "\"fd00::1/64\"", "hint: the network is fd00::/64")]
    [InlineData("podCIDRs: [10.128.0.0/16, \"fd00:10:128::/56\"]", "podCIDRs: 10.128.0.0/16", "error: network.podCIDRs: found '10.128.0.0/16'; expected a list; hint: write [10.128.0.0/16]")]
    [InlineData("mtu: 8900", "mtu: 9217", "error: network.mtu: found '9217'; expected a whole number from 1280 to 9216")]
    [InlineData("mtu: 8900", "mtu: \"8900\"", "hint: without quotes")]
    [InlineData("dnsDomain: prod.internal", "dnsDomain: Prod_internal", "'Prod_internal' is not a DNS domain")]
    // nodes
    [InlineData("- name: cp2", "- name: cp1", "error: nodes[1].name: name 'cp1' is that of node cp1 too, on line 31")]
    [InlineData("address: 10.0.0.12", "address: 10.0.0.21", "error: nodes[3].address: address '10.0.0.21 port 50000' is that of node cp2 too")]
    [InlineData("52:54:00:aa:bb:21", "52:54:00:aa:bb:01", "error: nodes[3].identity.mac: identity '52:54:00:aa:bb:01' is that of node cp1 too")]
    [InlineData("wwid: eui.0025388b710116a1", "serial: S4EVNX0R123456", "error: nodes[1].install.serial: disk 'S4EVNX0R123456' is that of node cp1 too")]
    [InlineData("[10.0.0.21/24], gateway", "[10.0.0.11/24], gateway", "error: nodes[3].interface.vlan.addresses[0]: static address '10.0.0.11' is that of node cp1 too")]
    [InlineData("    role: worker", "    role: controlplane", "error: nodes: 4 nodes are control planes; expected an odd number: 1, 3 or 5; hint: etcd with 4 members survives no more failures than with 3")]
    [InlineData("role: worker", "role: Worker", "error: nodes[3].role: found 'Worker'; expected controlplane or worker; hint: did you mean 'worker'?")]
    [InlineData("address: 10.0.0.12", "address: 10.0.0.256", "hint: four numbers from 0 to 255 with dots")]
    [InlineData("address: 10.0.0.12", "address: 10.0.0.012", "hint: write the parts without leading zeros")]
    [InlineData("address: 10.0.0.12", "address: 10.0.0.12:50000", "hint: write the port under 'port'")]
    [InlineData("address: 10.0.0.12", "address: https://cp2", "hint: only the host, without scheme and path")]
    [InlineData("port: 50001", "port: 0", "error: nodes[0].port: found '0'; expected a whole number from 1 to 65535")]
    [InlineData("4C4C4544-0042-3510-8053-B4C04F4D5331", "00000000-0000-0000-0000-000000000000", "is not a UUID")]
    [InlineData("4C4C4544-0042-3510-8053-B4C04F4D5331", "4C4C4544004235108053B4C04F4D5331", "is not a UUID; expected hex digits in groups of 8-4-4-4-12")]
    [InlineData("52:54:00:AA:BB:01", "52-54-00-AA-BB-01", "hint: write '52:54:00:aa:bb:01'")]
    [InlineData("install: {disk: /dev/nvme0n1}", "install: {disk: /dev/nvme0n1, wipe: true}", "error: nodes[2].install.wipe: would wipe /dev/nvme0n1, a name that another disk may have after a boot; expected serial or wwid with wipe")]
    [InlineData("install: {disk: /dev/nvme0n1}", "install: {}", "error: nodes[2].install: none of serial, wwid and disk is given; expected exactly one of them")]
    [InlineData("install: {disk: /dev/nvme0n1}", "install: {disk: nvme0n1}", "hint: such as /dev/nvme0n1")]
    [InlineData("install: {disk: /dev/nvme0n1}", "install: {disk: /dev/nvme0n1, wipe: yes}", "error: nodes[2].install.wipe: found 'yes'; expected true or false; hint: write true")]
    [InlineData("gateway: 10.0.0.1\n", "gateway: 10.0.1.1\n", "error: nodes[0].interface.gateway: gateway 10.0.1.1 is in none of the networks 10.0.0.0/24")]
    [InlineData("gateway: 10.0.0.1\n", "gateway: 10.0.0.11\n", "gateway 10.0.0.11 is the node's own address")]
    [InlineData("addresses: [10.0.0.11/24]\n", "addresses: []\n", "error: nodes[0].interface.gateway: a gateway without static addresses")]
    [InlineData("address: 10.0.0.11\n", "address: 10.0.0.99\n", "warning: nodes[0].address: the node is reached at 10.0.0.99, but its interface is to have 10.0.0.11/24")]
    [InlineData("mtu: 9000", "mtu: 1500", "warning: nodes[0].interface.mtu: MTU 1500 is less than the cluster's 8900")]
    [InlineData("{name: enp2s0}]", "{name: enp1s0}]", "error: nodes[1].interface.bond.members[1].name: enp1s0 is a member already")]
    [InlineData("{name: enp2s0}]", "{name: bond0}]", "error: nodes[1].interface.bond.members[1].name: bond0 is the name of the bond itself")]
    [InlineData("{name: enp2s0}]", "{mac: \"52:54:00:00:00:02\"}]", "error: nodes[1].interface.bond.members[1]: some members are named and some are not")]
    [InlineData("members: [{name: enp1s0}, {name: enp2s0}]", "members: []", "error: nodes[1].interface.bond.members: a bond without members")]
    [InlineData("{name: enp2s0}]", "{name: enp2s0, pci: \"0000:81:00.0\"}]", "error: nodes[1].interface.bond.members[1]")]
    [InlineData("lacpRate: fast", "lacpRate: fast, mode: active-backup", "error: nodes[1].interface.bond.lacpRate: lacpRate with the mode active-backup; expected mode: 802.3ad, or no lacpRate")]
    [InlineData("mode: balance-xor", "mode: active-backup", "error: nodes[0].interface.bond.xmitHashPolicy: xmitHashPolicy with the mode active-backup")]
    [InlineData("\"0000:81:00.1\"", "\"81:00.1\"", "hint: write the domain before it: 0000:")]
    [InlineData("      name: enp2s0f0\n", "      name: bond1\n      bond: {members: [{mac: \"52:54:00:00:00:09\"}]}\n", "error: nodes[3].profile: the profile epyc sets the NIC, and the bond's members are not named")]
    [InlineData("id: 100", "id: 4095", "error: nodes[3].interface.vlan.id: found '4095'; expected a whole number from 1 to 4094")]
    [InlineData("name: enp1s0", "name: a-much-too-long-name", "is not a link name")]
    [InlineData("zone: \"\"", "-zone: x", "error: nodes[0].labels: key '-zone' is not a label key")]
    [InlineData("zone: \"\"", "zone: a b", "error: nodes[0].labels.zone: 'a b' is not a label value")]
    [InlineData("taints: {dedicated: NoExecute}", "taints: {dedicated: noexecute}", "error: nodes[3].taints.dedicated: 'noexecute' is not a taint; expected [value:]Effect with the effect NoSchedule, PreferNoSchedule or NoExecute; hint: write NoExecute")]
    [InlineData("taints: {dedicated: NoExecute}", "taints: {dedicated: \"a=b:NoExecute\"}", "hint: write key: value:Effect instead of kubectl's key=value:Effect")]
    [InlineData("taints: {dedicated: NoExecute}", "labels: {node-role.kubernetes.io/sol: x}", "warning: nodes[3].labels.node-role.kubernetes.io/sol: a worker may not give itself the label")]
    [InlineData("DPEVy4oUQG3rjFBbH4lYGQFFXmUXJ4tXqXIKfWfZB2c=", "DPEVy4oUQG3rjFBbH4lYGQFFXmUXJ4tXqXIKfWfZB2c", "is not a fingerprint; expected base64 of 32 bytes")]
    [InlineData("DPEVy4oUQG3rjFBbH4lYGQFFXmUXJ4tXqXIKfWfZB2c=", "0cf115cb8a14406deb8c505b1f895819014 55e6517278b57a9720a7d67d9076", "is not a fingerprint")]
    // cilium, policies, xdp
    [InlineData("chart: {oci: \"oci://quay.io/cilium/charts/cilium\"}", "chart: {}", "error: cilium.chart: none of repository, oci, folder, archive and standIn is given")]
    [InlineData("chart: {oci: \"oci://quay.io/cilium/charts/cilium\"}", "chart: {repository: \"oci://quay.io/cilium/charts/cilium\"}", "hint: write it under 'oci'")]
    [InlineData("chart: {oci: \"oci://quay.io/cilium/charts/cilium\"}", "chart: {standIn: false}", "error: cilium.chart.standIn: found 'false'; expected true; hint: remove the key")]
    [InlineData("chart: {oci: \"oci://quay.io/cilium/charts/cilium\"}", "chart: {archive: cilium.zip}", "is not a chart archive")]
    [InlineData("acceleration: best-effort", "acceleration: nativ", "hint: did you mean 'native'?")]
    [InlineData("acceleration: best-effort", "acceleration: {enabled: true}", "error: cilium.acceleration: found a mapping; expected disabled, best-effort or native")]
    [InlineData("acceleration: best-effort", "acceleration: native", "warning: cilium.acceleration: Cilium 1.16 cannot load XDP at MTU 8900 on most NICs")]
    [InlineData("mode: off", "mode: observe", "warning: cilium.acceleration: with best-effort, Cilium may take the NIC's XDP hook")]
    [InlineData("gossip: 8001-8020", "gossip: 8020-8001", "hint: the lower one first: 8001-8020")]
    [InlineData("rpc: 8899", "rpc: 70000", "error: policies.rpc: '70000' is not a port or port range")]
    [InlineData("\"*.example.org\"", "\"https://example.org\"", "hint: only the host name, without scheme and path")]
    // profiles
    [InlineData("profile: epyc", "profile: epc", "error: nodes[3].profile: the profile 'epc' is declared nowhere and is no client's name, so nothing follows from it; expected a name under profiles, or agave, agave-xdp, firedancer, rpc; hint: did you mean 'epyc'?")]
    [InlineData("registry.prod.internal/installer:v1.12.4", "registry.prod.internal/installer:v1.12.3", "error: nodes[3].profile: the node shall run v1.12.4, but the installer of its profile is of v1.12.3; expected the same version in both places")]
    [InlineData("network: 2-3", "network: 1-3", "error: profiles.epyc.cpus.network: CPU 1 is housekeeping and network at once; expected each CPU in one set")]
    [InlineData("workload: 4-31", "workload: 0,2-31", "error: profiles.epyc.cpus.workload: CPUs 2-3 are network and workload at once")]
    [InlineData("workload: 4-31", "workload: 0,2-31", "error: profiles.epyc.cpus.workload: CPU 0 is housekeeping and workload at once")]
    [InlineData("housekeeping: 0-1,32-33", "housekeeping: 3-1", "'3-1' is not a list of CPUs; expected numbers and ranges such as 0-3,8")]
    [InlineData("housekeeping: 0-1,32-33", "housekeeping: 0-1, 32", "is not a list of CPUs; expected numbers and ranges such as 0-3,8; hint: write 0-1,32")]
    [InlineData("housekeeping: 0-1,32-33", "housekeeping: 8192", "'8192' is not a list of CPUs")]
    [InlineData("workload: 4-31", "workload: 0,4-31", "warning: profiles.epyc.cpus.workload: CPU 0 is a workload CPU, but the kernel boots on it")]
    [InlineData("isolation: interrupts", "isolation: full", "warning: profiles.epyc.cpus.isolation: with full isolation the scheduler does not balance the workload CPUs, and agave-xdp leaves most of its threads to the scheduler")]
    [InlineData("tickless: false", "tickless: true", "warning: profiles.epyc.cpus.tickless: nohz_full and rcu_nocbs need a kernel that is built with them")]
    [InlineData("queues: 2", "queues: 8", "warning: profiles.epyc.nic.queues: 8 queues for 2 network CPUs (2-3): some CPU serves more than one; expected at most 2")]
    [InlineData("nowatchdog", "pti=off", "error: profiles.epyc.kernelArgs[1]: Talos sets pti=on and slab_nomerge and does not boot without them")]
    [InlineData("nowatchdog", "slab-merge", "error: profiles.epyc.kernelArgs[1]: Talos sets pti=on and slab_nomerge and does not boot without them")]
    [InlineData("nowatchdog", "-slab_nomerge", "is not a kernel argument; expected name or name=value without spaces and quotes; hint: arguments that Talos sets are not deleted")]
    [InlineData("nowatchdog", "isolcpus=2", "error: profiles.epyc.kernelArgs[1]: isolcpus follows from the layout; expected cpus.isolation of the profile")]
    [InlineData("nowatchdog", "iommu.passthrough=1", "error: profiles.epyc.kernelArgs[1]: 'iommu.passthrough=1' is there twice")]
    [InlineData("nowatchdog", "mitigations=off", "warning: profiles.epyc.kernelArgs[1]: mitigations=off opens the machine")]
    [InlineData("nowatchdog", "\"dyndbg=x y\"", "is not a kernel argument")]
    [InlineData("rx-gro-hw: false", "rx-gro-hw: off", "error: profiles.epyc.nic.features.rx-gro-hw: found 'off'; expected true or false; hint: write false")]
    [InlineData("client: agave-xdp", "client: solana", "error: profiles.epyc.client: found 'solana'; expected agave, agave-xdp, firedancer, rpc or none")]
    [InlineData("    interface:\n      name: enp2s0f0\n      vlan: {id: 100, addresses: [10.0.0.21/24], gateway: 10.0.0.1}\n", "", "error: nodes[3].profile: the profile epyc sets the NIC, but the node names no interface")]
    [InlineData("hostFirewall: false", "hostFirewall: true", "error: nodes[2].address: the host firewall lets nodes in by address, and cp3.prod.example.org is a name; expected an IP address")]
    // keys
    [InlineData("secrets: ./keep", "secrets: !!binary ./keep", "error: secrets: has the tag 'tag:yaml.org,2002:binary'; expected a path; hint: remove the tag")]
    [InlineData("role: worker", "role: control-plane", "hint: did you mean 'controlplane'?")]
    [InlineData("secrets: ./keep/secrets.yaml", "secrets:", "error: secrets: has no value; expected a path; hint: give it one or remove the key")]
    [InlineData("secrets: ./keep/secrets.yaml", "secrets: a\nsecrets: b", "error: key 'secrets' is given twice; it stands on line 19 already; expected each key once")]
    [InlineData("hubble: {relay", "<<: {relay", "error: cilium.values: merge keys (<<) are not read")]
    [InlineData("podCIDRs", "pod_cidrs", "error: network: unknown key 'pod_cidrs'; expected one of podCIDRs, serviceCIDRs, operatorCIDRs, dnsDomain, mtu; hint: did you mean 'podCIDRs'?")]
    [InlineData("secrets: ./keep", "masquerade: ./keep", "error: unknown key 'masquerade'")]
    [InlineData("secrets: ./keep", "masquerade: ./keep", "hint: 'masquerade' belongs under cilium")]
    [InlineData("secrets: ./keep/secrets.yaml", "secrets: ./keep/", "hint: name a file, not a folder")]
    [InlineData("- ./patches/time.yaml", "- 7", "error: patches.all[0]: found the number '7'")]
    public void A_spoilt_place_gives_its_finding(string good, string spoilt, string expected)
    {
        Assert.Contains(good, GoodSpecs.Complete, StringComparison.Ordinal);
        var at = GoodSpecs.Complete.IndexOf(good, StringComparison.Ordinal);

        var result = SpecReader.Read("cluster.yaml", GoodSpecs.Complete[..at] + spoilt + GoodSpecs.Complete[(at + good.Length)..]);

        Assert.Contains(result.Findings, finding => finding.ToString().Contains(expected, StringComparison.Ordinal));
        Assert.Equal(result.HasErrors, result.Spec is null);
    }

    [Fact]
    public void A_host_firewall_that_knows_no_operators_is_refused() => Assert.Contains(
        SpecReader.Read("c", GoodSpecs.Minimal.Replace("[192.0.2.0/24]", "[]", StringComparison.Ordinal) + "\npolicies: {hostFirewall: true}\n").Findings,
        finding => finding.ToString().Contains("error: policies.hostFirewall: the host firewall would lock every operator out", StringComparison.Ordinal));

    [Fact]
    public void Ticks_cannot_be_stopped_on_the_kernel_of_Talos()
    {
        var text = GoodSpecs.Minimal + """

            profiles:
              bare: {cpus: {housekeeping: 0-1, workload: 2-7, tickless: true}}
            """;

        Assert.Contains(
            "error: profiles.bare.cpus.tickless: the kernel of Talos is built without nohz_full and rcu_nocbs, so both arguments would count for nothing; expected false",
            Assert.Single(SpecReader.Read("c", text).Findings).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Native_acceleration_and_our_own_filter_are_refused_together()
    {
        var text = GoodSpecs.Complete.Replace("best-effort", "native", StringComparison.Ordinal).Replace("mode: off", "mode: enforce", StringComparison.Ordinal);

        Assert.Contains(SpecReader.Read("c", text).Findings, finding => finding.ToString().Contains("error: cilium.acceleration: Cilium's native acceleration and Slipway's XDP filter want the same hook", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("profile: agave", "mode: observe", "error: xdp.mode: the filter comes with the extension slipway-xdp, and nothing here brings it to sol-1: the ordinary installers lack it")]
    [InlineData("profile: agave", "mode: off", null)]
    [InlineData("profile: none", "mode: enforce", null)]
    [InlineData("labels: {slipway/role: validator}", "mode: observe", "error: xdp.mode: the filter comes with")]
    [InlineData("profile: agave, labels: {slipway/role: other}", "mode: observe", null)]
    [InlineData("profile: agave, talos: {version: v1.12.4, installer: \"registry.internal/installer:v1.12.4\"}", "mode: observe", null)]
    public void The_filter_needs_an_installer_that_brings_it(string node, string mode, string? finding)
    {
        var text = $"{GoodSpecs.Minimal}\n  - {{name: sol-1, address: 10.0.0.21, role: worker, install: {{disk: /dev/sda}}, {node}}}\nxdp: {{{mode}}}\n";

        var findings = SpecReader.Read("c", text).Findings;

        Assert.Equal(finding is null, findings.Count == 0);
        Assert.True(finding is null || findings[0].ToString().Contains(finding, StringComparison.Ordinal), string.Join('\n', findings));
    }

    [Fact]
    public void No_control_plane_at_all_is_refused()
    {
        var text = GoodSpecs.Minimal.Replace("controlplane", "worker", StringComparison.Ordinal);

        Assert.Equal("error: nodes: no node is a control plane", SpecReader.Read("c", text).Findings[0].ToString()[7..47]);
    }

    [Fact]
    public void More_nodes_than_the_pod_range_has_room_for_are_refused()
    {
        var workers = string.Concat(Enumerable.Range(0, 256).Select(i => $"\n  - {{name: w{i}, address: 10.1.{i}.1, role: worker, install: {{disk: /dev/sda}}}}"));

        var finding = Assert.Single(SpecReader.Read("c", GoodSpecs.Minimal + workers).Findings);

        Assert.Contains("pod range 10.244.0.0/16 has room for 256 nodes, and there are 257; expected a prefix of /15 or shorter", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_on_loopback_with_ports_of_their_own_are_a_rehearsal_and_fine()
    {
        const string text = """
            name: rehearsal
            endpoint: https://127.0.0.1:6443
            talos: {version: v1.12.4}
            kubernetes: {version: v1.30.9}
            network: {operatorCIDRs: [127.0.0.0/8]}
            nodes:
              - {name: cp1, address: 127.0.0.1, port: 50001, role: controlplane, install: {serial: A}}
              - {name: w1, address: 127.0.0.1, port: 50002, role: worker, install: {serial: B}, interface: {name: eth0, addresses: [10.0.0.2/24]}}
            """;

        Assert.Empty(SpecReader.Read("c", text).Findings);
    }
}

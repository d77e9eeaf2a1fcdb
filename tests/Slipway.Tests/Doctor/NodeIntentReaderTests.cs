using Slipway.Core.Doctor;

namespace Slipway.Tests.Doctor;

public sealed class NodeIntentReaderTests
{
    [Theory]
    [InlineData("net.core.rmem_max", "/proc/sys/net/core/rmem_max")]
    [InlineData("net/ipv4/conf/eth0.100/rp_filter", "/proc/sys/net/ipv4/conf/eth0.100/rp_filter")]
    [InlineData("net.ipv4.conf.eth0/100.rp_filter", "/proc/sys/net/ipv4/conf/eth0.100/rp_filter")]
    [InlineData("single", "/proc/sys/single")]
    public void A_key_leads_to_its_file_by_the_rule_of_sysctl(string key, string path) => Assert.Equal(path, KernelPath.Of("/proc/sys", key));

    [Fact]
    public void Old_fields_and_documents_are_read_together_and_the_document_wins()
    {
        var intent = NodeIntentReader.Read("""
            version: v1alpha1
            machine:
              sysctls: {vm.swappiness: "30", net.core.rmem_max: "1"}
              network:
                interfaces: [{interface: eth0, mtu: 1400, vlans: [{vlanId: 7, mtu: 1300}]}]
              seccompProfiles: [{name: a.json, value: {}}]
              baseRuntimeSpecOverrides: {process: {rlimits: [{type: RLIMIT_NOFILE, soft: 5, hard: 9}]}}
            ---
            apiVersion: v1alpha1
            kind: SysctlConfig
            params: {net.core.rmem_max: "2"}
            ---
            apiVersion: v1alpha1
            kind: EthernetConfig
            name: eth0
            rings: {rx: 4096}
            channels: {combined: 8}
            features: {rx-gro: false}
            ---
            apiVersion: v1alpha1
            kind: CRIBaseRuntimeSpecConfig
            overrides: {process: {rlimits: [{type: RLIMIT_NOFILE, soft: 6, hard: 9}]}}
            """);

        Assert.Equal([("net.core.rmem_max", "2"), ("vm.swappiness", "30")], intent.Sysctls.Select(setting => (setting.Key, setting.Value)));
        Assert.Equal((1400, 1300), (intent.Links["eth0"].Mtu, intent.Links["eth0.7"].Mtu));
        Assert.Equal((4096, 8, false), (intent.Links["eth0"].Rings["rx"], intent.Links["eth0"].Channels["combined"], intent.Links["eth0"].Features["rx-gro"]));
        Assert.Equal(6, intent.Limits["RLIMIT_NOFILE"]);
        Assert.Equal(["a.json"], intent.SeccompProfiles);
    }

    [Fact]
    public void What_is_no_config_wants_nothing() => Assert.Equivalent(NodeIntent.Nothing, NodeIntentReader.Read("][ not: yaml"));
}

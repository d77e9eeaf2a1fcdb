using CsCheck;
using Slipway.Core.Failures;
using Slipway.Core.MachineConfig;

namespace Slipway.Tests.MachineConfig;

/// <summary>What counts as a change between two machine configs, and that no secret is in it.</summary>
public sealed class ConfigDiffTests
{
    [Theory]
    [InlineData("machine: {token: a, type: worker}", "machine:\n  # why\n  type: 'worker'\n  token: \"a\"")]
    [InlineData("machine: {sysctls: {a: 1}}", "machine: {sysctls: {a: \"1\"}}")]
    [InlineData("machine: {network: {interfaces: [{interface: a, mtu: 0x10}]}}", "machine: {network: {interfaces: [{interface: a, mtu: 16}]}}")]
    [InlineData("machine: {network: {hostname: a}}", "machine: {network: {hostname: a}, certSANs: [], token: '', env: {}}")]
    [InlineData("machine: {time: {bootTimeout: 60s}}", "machine: {time: {bootTimeout: 1m0s}}")]
    [InlineData("machine: {install: {wipe: yes}}", "machine: {install: {wipe: true}}")]
    [InlineData("{apiVersion: v1alpha1, kind: OOMConfig}\n---\n{apiVersion: v1alpha1, kind: LinkConfig, name: a}", "{apiVersion: v1alpha1, kind: LinkConfig, name: a}\n---\n{kind: OOMConfig, apiVersion: v1alpha1}")]
    public void What_Talos_decodes_to_the_same_is_no_change(string before, string after) => Assert.Empty(ConfigDiff.Between(before, after));

    [Theory]
    [InlineData("machine: {type: worker}", "machine: {type: controlplane}", "Changed v1alpha1 machine.type: worker -> controlplane")]
    [InlineData("machine: {type: worker}", "machine: {type: worker, install: {wipe: false}}", "Added v1alpha1 machine.install:  -> {wipe: false}")]
    [InlineData("machine: {install: {wipe: true}}", "machine: {install: {}}", "Removed v1alpha1 machine.install.wipe: true -> ")]
    [InlineData("machine: {certSANs: [a, b, c]}", "machine: {certSANs: [a, c, d]}", "Removed v1alpha1 machine.certSANs[1]: b -> |Added v1alpha1 machine.certSANs[2]:  -> d")]
    [InlineData("machine: {certSANs: [a, b]}", "machine: {certSANs: [b, a]}", "Changed v1alpha1 machine.certSANs: [a, b] -> [b, a]")]
    [InlineData("machine: {certSANs: [a]}", "machine: {certSANs: [a, a]}", "Added v1alpha1 machine.certSANs[1]:  -> a")]
    [InlineData(
        "machine: {network: {interfaces: [{interface: eth0, mtu: 1500}, {interface: eth1}]}}",
        "machine: {network: {interfaces: [{interface: eth1}, {interface: eth0, mtu: 9000}, {interface: eth2}]}}",
        "Changed v1alpha1 machine.network.interfaces[eth0].mtu: 1500 -> 9000|Added v1alpha1 machine.network.interfaces[eth2]:  -> {interface: eth2}")]
    [InlineData("machine: {kubelet: {extraConfig: {a: 1}}}", "machine: {kubelet: {extraConfig: {a: \"1\"}}}", "Changed v1alpha1 machine.kubelet.extraConfig.a: 1 -> \"1\"")]
    [InlineData("machine: {type: worker}", "machine: {type: worker}\n---\n{apiVersion: v1alpha1, kind: LinkConfig, name: eth0, mtu: 9000}", "Added LinkConfig/eth0 :  -> {apiVersion: v1alpha1, kind: LinkConfig, name: eth0, mtu: 9000}")]
    [InlineData("{apiVersion: v1alpha1, kind: OOMConfig}", "", "Removed OOMConfig : {apiVersion: v1alpha1, kind: OOMConfig} -> ")]
    public void A_change_names_kind_document_path_and_values(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join('|', ConfigDiff.Between(before, after).Select(change => $"{change.Kind} {change.Document} {change.Path}: {change.Before} -> {change.After}")));

    [Theory]
    [InlineData("machine: {token: SECRET1}", "machine: {token: SECRET2}")]
    [InlineData("machine: {ca: {crt: a, key: SECRET1}}", "machine: {ca: {crt: a, key: SECRET2}}")]
    [InlineData("machine: {}", "machine: {ca: {crt: a, key: SECRET1}}")]
    [InlineData("cluster: {secret: SECRET1, aescbcEncryptionSecret: SECRET1, secretboxEncryptionSecret: SECRET1, token: SECRET1}", "cluster: {}")]
    [InlineData("cluster: {serviceAccount: {key: SECRET1}, etcd: {ca: {key: SECRET1}}, aggregatorCA: {key: SECRET1}}", "cluster: {}")]
    [InlineData("machine: {registries: {config: {r: {auth: {username: u, password: SECRET1, auth: SECRET1, identityToken: SECRET1}, tls: {clientIdentity: {key: SECRET1}}}}}}", "machine: {}")]
    [InlineData("machine: {network: {interfaces: [{interface: wg0, wireguard: {privateKey: SECRET1}, vip: {hcloud: {apiToken: SECRET1}}}]}}", "machine: {network: {interfaces: []}}")]
    [InlineData("machine: {systemDiskEncryption: {state: {keys: [{static: {passphrase: SECRET1}}]}}}", "machine: {}")]
    [InlineData("machine: {env: {https_proxy: 'http://user:SECRET1@proxy', API_TOKEN: SECRET1}, files: [{content: 'password=SECRET1', path: /x}]}", "machine: {}")]
    [InlineData("machine: {certSANs: ['x=1&jointoken=SECRET1']}", "machine: {}")]
    [InlineData("{apiVersion: v1alpha1, kind: SideroLinkConfig, apiUrl: 'https://s/join?jointoken=SECRET1&user=a'}", "{apiVersion: v1alpha1, kind: SideroLinkConfig, apiUrl: 'https://s/join?jointoken=SECRET2&user=b'}")]
    [InlineData("{apiVersion: v1alpha1, kind: KubeEtcdEncryptionConfig, config: {resources: [{providers: [{secretbox: {keys: [{name: k, secret: SECRET1}]}}]}]}}", "")]
    [InlineData("{apiVersion: v1alpha1, kind: KubeServiceAccountConfig, issuer: {privateKey: SECRET1}}", "")]
    [InlineData("{apiVersion: v1alpha1, kind: WireguardConfig, name: w, privateKey: SECRET1, peers: [{publicKey: p, presharedKey: SECRET1}]}", "")]
    [InlineData("{apiVersion: v1alpha1, kind: RegistryAuthConfig, name: r, username: u, password: SECRET1, auth: SECRET1}", "")]
    [InlineData("{apiVersion: v1alpha1, kind: DiscoveryIdentityConfig, clusterID: a, clusterSecret: SECRET1}", "")]
    [InlineData("{apiVersion: v1alpha1, kind: KubeExternalManifestConfig, name: a, headers: {Authorization: SECRET1}}", "")]
    [InlineData("{apiVersion: v1alpha1, kind: ExtensionServiceConfig, name: a, environment: [AUTH_TOKEN=SECRET1], configFiles: [{mountPath: /a, content: \"-----BEGIN PRIVATE KEY-----\\nSECRET1\"}]}", "")]
    public void No_secret_is_in_a_diff_or_a_redacted_config(string before, string after)
    {
        var printed = string.Concat(ConfigDiff.Between(before, after).Concat(ConfigDiff.Between(after, before)).Select(change => change.ToString()))
            + ConfigRedactor.Redact(before) + ConfigRedactor.Redact(after);
        Assert.DoesNotContain("SECRET", printed, StringComparison.Ordinal);
        Assert.Contains("***", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Private_keys_in_base64_are_masked_wherever_they_stand()
    {
        var key = Convert.ToBase64String("-----BEGIN ED25519 PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n"u8);
        var certificate = Convert.ToBase64String("-----BEGIN CERTIFICATE-----\nMIIBPjCB8aADAgECAhB9q\n-----END CERTIFICATE-----\n"u8);
        var redacted = ConfigRedactor.Redact($"machine: {{type: worker, somewhere: {key}, ca: {{crt: {certificate}, key: ''}}}}");
        Assert.DoesNotContain(key, redacted, StringComparison.Ordinal);
        Assert.Contains(certificate, redacted, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redacted_config_differs_from_the_config_only_where_secrets_are()
    {
        const string config = "machine:\n    type: worker\n    token: abc\n    sysctls:\n        a: \"1\"\n";
        Assert.Equal(config.Replace("abc", "\"***\"", StringComparison.Ordinal), ConfigRedactor.Redact(config));
    }

    [Fact]
    public void What_is_no_config_is_refused_and_not_printed() => Assert.Throws<BadInputException>(() => ConfigRedactor.Redact("token: a\n b: ["));

    [Fact]
    public void Swapping_the_sides_turns_additions_into_removals() => Gen.Select(s_sysctls, s_sysctls).Sample((a, b) =>
    {
        var forth = ConfigDiff.Between(a, b).Select(change => (change.Path, change.Kind, change.Before, change.After)).Order();
        var back = ConfigDiff.Between(b, a).Select(change => (change.Path, Turned(change.Kind), change.After, change.Before)).Order();
        Assert.Equal(forth, back);
        Assert.Empty(ConfigDiff.Between(a, a));
    });

    private static readonly Gen<string> s_sysctls = Gen.Dictionary(Gen.Char['a', 'f'], Gen.Int[0, 3])[0, 5]
        .Select(map => $"machine: {{sysctls: {{{string.Join(", ", map.Select(pair => $"{pair.Key}: {pair.Value}"))}}}}}");

    private static ChangeKind Turned(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => ChangeKind.Removed,
        ChangeKind.Removed => ChangeKind.Added,
        _ => kind,
    };
}

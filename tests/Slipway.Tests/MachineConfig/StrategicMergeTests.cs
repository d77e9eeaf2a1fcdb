using Slipway.Core.Diagnostics;

namespace Slipway.Tests.MachineConfig;

/// <summary>What a strategic merge patch can say, one Go type at a time.</summary>
public sealed class StrategicMergeTests
{
    [Theory]
    [InlineData("machine: {sysctls: {null: a}}")]
    [InlineData("machine: {sysctls: {~: a}}")]
    [InlineData("machine: {sysctls: {!!null x: a}}")]
    public void A_key_that_is_null_has_too_many_spellings_to_be_found_again_and_is_refused(string patch)
    {
        var error = Patched.Error("machine: {sysctls: {a: '1'}}", patch);
        Assert.Contains("a key that is null", error.Message, StringComparison.Ordinal);
        Assert.Equal("patch1.yaml", error.File);
    }

    [Theory]
    // A field of text takes any scalar, and Talos writes it in quotes: whoever reads the result must read text.
    [InlineData("machine: {sysctls: {b: 1, c: true, d: 0x10, e: 1.50, f: , g: ~}}", "machine: {sysctls: {a: '1', b: '1', c: 'true', d: '0x10', e: '1.50', f: '', g: ''}}")]
    [InlineData("machine: {network: {hostname: 123}, certSANs: [10, x]}", "machine: {sysctls: {a: '1'}, network: {hostname: '123'}, certSANs: ['10', x]}")]
    [InlineData("machine: {install: {wipe: yes}, features: {rbac: off}}", "machine: {sysctls: {a: '1'}, install: {wipe: true}, features: {rbac: false}}")]
    // What has no type of its own keeps the one that it is written with.
    [InlineData("machine: {kubelet: {extraConfig: {a: 1, b: yes, c: null}}}", "machine: {sysctls: {a: '1'}, kubelet: {extraConfig: {a: 1, b: 'yes', c: null}}}")]
    public void Scalars_of_a_patch_are_what_their_fields_make_of_them(string patch, string expected) =>
        Assert.Equal(Decoded.Config(expected), Decoded.Config(Patched.Apply("machine: {sysctls: {a: '1'}}", patch)));

    [Fact]
    public void A_config_that_loses_its_last_section_is_still_a_config()
    {
        var result = Patched.Apply("machine: {type: worker}", "machine: {$patch: delete}");
        Assert.Equal("machine: null\n", result);
        Assert.Equal(result, Patched.Apply(result));
    }

    [Fact]
    public void Applied_once_over_a_config_that_has_it_no_list_that_is_a_set_grows()
    {
        const string Patch = "machine: {certSANs: [a, b], kernel: {modules: [{name: m}]}, udev: {rules: [r]}, kubelet: {extraConfig: {list: [1]}}}";
        var talos = Patched.Apply(Patched.Apply("machine: {certSANs: [a]}", Patch), Patch);
        var once = Core.MachineConfig.ConfigPatcher.ApplyOnce("c", Core.MachineConfig.ConfigPatcher.ApplyOnce("c", "machine: {certSANs: [a]}", [new("p", Patch)]).Config!.Reveal(), [new("p", Patch)]).Config!.Reveal();
        Assert.Equal(Decoded.Config("machine: {certSANs: [a, a, b, a, b], kernel: {modules: [{name: m}, {name: m}]}, udev: {rules: [r, r]}, kubelet: {extraConfig: {list: [1, 1]}}}"), Decoded.Config(talos));
        // Of a list of the kubelet's own nobody here can say whether a repetition means something.
        Assert.Equal(Decoded.Config("machine: {certSANs: [a, b], kernel: {modules: [{name: m}]}, udev: {rules: [r]}, kubelet: {extraConfig: {list: [1, 1]}}}"), Decoded.Config(once));
    }

    [Theory]
    // Zero values never override.
    [InlineData("machine: {network: {hostname: a}}", "machine: {network: {hostname: ''}}", "machine: {network: {hostname: a}}")]
    [InlineData("machine: {network: {hostname: a}}", "machine: {network: {hostname: null}}", "machine: {network: {hostname: a}}")]
    [InlineData("machine: {features: {kubePrism: {port: 7445}}}", "machine: {features: {kubePrism: {port: 0}}}", "machine: {features: {kubePrism: {port: 7445}}}")]
    [InlineData("machine: {time: {bootTimeout: 2m}}", "machine: {time: {bootTimeout: 0s}}", "machine: {time: {bootTimeout: 2m}}")]
    // Behind a pointer they do.
    [InlineData("machine: {install: {wipe: true}}", "machine: {install: {wipe: false}}", "machine: {install: {wipe: false}}")]
    [InlineData("machine: {network: {kubespan: {mtu: 1420}}}", "machine: {network: {kubespan: {mtu: 0}}}", "machine: {network: {kubespan: {mtu: 0}}}")]
    [InlineData("machine: {install: {wipe: true}}", "machine: {install: {wipe: null}}", "machine: {install: {wipe: true}}")]
    // Maps merge by key; an empty value does not override one that is there, but is set where there is none.
    [InlineData("machine: {sysctls: {a: '1', b: '2'}}", "machine: {sysctls: {b: '3', c: '4'}}", "machine: {sysctls: {a: '1', b: '3', c: '4'}}")]
    [InlineData("machine: {sysctls: {a: '1'}}", "machine: {sysctls: {a: ''}}", "machine: {sysctls: {a: '1'}}")]
    // An absent section is taken as it is.
    [InlineData("machine: {}", "machine: {udev: {rules: [x]}}", "machine: {udev: {rules: [x]}}")]
    [InlineData("machine: {udev: null}", "machine: {udev: {rules: [x]}}", "machine: {udev: {rules: [x]}}")]
    // Lists append, equal or not.
    [InlineData("machine: {certSANs: [a]}", "machine: {certSANs: [a, b]}", "machine: {certSANs: [a, a, b]}")]
    [InlineData("machine: {certSANs: [a]}", "machine: {certSANs: []}", "machine: {certSANs: [a]}")]
    [InlineData("machine: {kernel: {modules: [{name: a}]}}", "machine: {kernel: {modules: [{name: a, parameters: [p]}]}}", "machine: {kernel: {modules: [{name: a}, {name: a, parameters: [p]}]}}")]
    // Some are replaced, by an empty one too.
    [InlineData("cluster: {network: {podSubnets: [10.1.0.0/16]}}", "cluster: {network: {podSubnets: [10.2.0.0/16]}}", "cluster: {network: {podSubnets: [10.2.0.0/16]}}")]
    [InlineData("cluster: {network: {podSubnets: [10.1.0.0/16]}}", "cluster: {network: {podSubnets: []}}", "cluster: {network: {podSubnets: []}}")]
    [InlineData("cluster: {network: {podSubnets: [10.1.0.0/16]}}", "cluster: {network: {podSubnets: null}}", "cluster: {network: {podSubnets: [10.1.0.0/16]}}")]
    // Extra arguments are replaced key by key, a list by text and the other way round.
    [InlineData("cluster: {apiServer: {extraArgs: {a: [x], b: y}}}", "cluster: {apiServer: {extraArgs: {a: z, b: [w]}}}", "cluster: {apiServer: {extraArgs: {a: z, b: [w]}}}")]
    // Keyed lists.
    [InlineData(
        "machine: {network: {interfaces: [{interface: eth0, mtu: 1500, vlans: [{vlanId: 5, mtu: 1}]}]}}",
        "machine: {network: {interfaces: [{interface: eth0, mtu: 9000, vlans: [{vlanId: 5, mtu: 2}, {vlanId: 6}]}, {interface: eth1}]}}",
        "machine: {network: {interfaces: [{interface: eth0, mtu: 9000, vlans: [{vlanId: 5, mtu: 2}, {vlanId: 6}]}, {interface: eth1}]}}")]
    [InlineData(
        "machine: {network: {interfaces: [{deviceSelector: {driver: a, physical: true}, mtu: 1}]}}",
        "machine: {network: {interfaces: [{deviceSelector: {driver: a, physical: true}, mtu: 2}]}}",
        "machine: {network: {interfaces: [{deviceSelector: {driver: a, physical: true}, mtu: 1}, {deviceSelector: {driver: a, physical: true}, mtu: 2}]}}")]
    [InlineData(
        "cluster: {apiServer: {admissionControl: [{name: A, configuration: {x: 1, list: [1]}}]}}",
        "cluster: {apiServer: {admissionControl: [{name: A, configuration: {x: 2, list: [2]}}]}}",
        "cluster: {apiServer: {admissionControl: [{name: A, configuration: {x: 2, list: [1, 2]}}]}}")]
    // The parts of an endpoint merge.
    [InlineData("cluster: {controlPlane: {endpoint: 'https://a:6443/x'}}", "cluster: {controlPlane: {endpoint: 'https://b'}}", "cluster: {controlPlane: {endpoint: 'https://b/x'}}")]
    // Fields that nobody knows.
    [InlineData("machine: {brandNew: {a: 1, l: [1]}}", "machine: {brandNew: {b: 2, l: [2]}}", "machine: {brandNew: {a: 1, b: 2, l: [1, 2]}}")]
    // A plain boolean that is left out is false, inside a list's element as it came.
    [InlineData("cluster: {apiServer: {extraVolumes: [{hostPath: /a, mountPath: /a, readonly: true}]}}", "cluster: {apiServer: {extraVolumes: [{hostPath: /b, mountPath: /b}]}}", "cluster: {apiServer: {extraVolumes: [{hostPath: /a, mountPath: /a, readonly: true}, {hostPath: /b, mountPath: /b}]}}")]
    public void Fields_merge_by_their_Go_type(string config, string patch, string expected) =>
        Assert.Equal(Decoded.Config(expected), Decoded.Config(Patched.Apply(config, patch)));

    [Theory]
    // The first name of an enumeration is its zero: a patch cannot say it.
    [InlineData("kind: NetworkDefaultActionConfig, ingress: block", "kind: NetworkDefaultActionConfig, ingress: accept", "kind: NetworkDefaultActionConfig, ingress: block")]
    // Sizes and expressions have a merge of their own, which takes what the patch has: nothing too.
    [InlineData(
        "kind: VolumeConfig, name: EPHEMERAL, provisioning: {minSize: 10GB, maxSize: 20GB, diskSelector: {match: system_disk}}",
        "kind: VolumeConfig, name: EPHEMERAL, provisioning: {maxSize: 30GB}",
        "kind: VolumeConfig, name: EPHEMERAL, provisioning: {maxSize: 30GB}")]
    // Rules of a firewall are replaced.
    [InlineData(
        "kind: NetworkRuleConfig, name: r, portSelector: {ports: [1], protocol: tcp}, ingress: [{subnet: 10.0.0.0/8}]",
        "kind: NetworkRuleConfig, name: r, portSelector: {ports: [2-3]}, ingress: [{subnet: 192.168.0.0/16}]",
        "kind: NetworkRuleConfig, name: r, portSelector: {ports: [2-3], protocol: tcp}, ingress: [{subnet: 192.168.0.0/16}]")]
    [InlineData(
        "kind: ImageVerificationConfig, rules: [{image: a, skip: true}]",
        "kind: ImageVerificationConfig, rules: [{image: a, deny: true}, {image: b}]",
        "kind: ImageVerificationConfig, rules: [{image: a, deny: true}, {image: b}]")]
    // One kind, two names: two documents.
    [InlineData("kind: LinkConfig, name: a, mtu: 1", "kind: LinkConfig, name: b, mtu: 2", "kind: LinkConfig, name: a, mtu: 1}\n---\n{apiVersion: v1alpha1, kind: LinkConfig, name: b, mtu: 2")]
    [InlineData("kind: NobodyKnowsConfig, list: [1]", "kind: NobodyKnowsConfig, list: [2], x: y", "kind: NobodyKnowsConfig, list: [1, 2], x: y")]
    public void Documents_merge_by_their_kind(string config, string patch, string expected) =>
        Assert.Equal(Decoded.Config(Document(expected)), Decoded.Config(Patched.Apply(Document(config), Document(patch))));

    [Fact]
    public void What_the_merge_loses_is_told()
    {
        var result = Patched.Result(
            Document("kind: VolumeConfig, name: EPHEMERAL, provisioning: {minSize: 10GB}"),
            Document("kind: VolumeConfig, name: EPHEMERAL, mount: {secure: false}"));
        var warning = Assert.Single(result.Findings);
        Assert.Equal((Severity.Warning, "provisioning.minSize"), (warning.Severity, warning.Path));
    }

    [Fact]
    public void A_certificate_without_its_key_empties_the_key_and_says_so()
    {
        var result = Patched.Result("machine: {ca: {crt: YQ==, key: Yg==}}", "machine: {ca: {crt: Yw==}}");
        Assert.Equal(Decoded.Config("machine: {ca: {crt: Yw==, key: ''}}"), Decoded.Config(result.Config!.Reveal()));
        Assert.Equal("machine.ca.key", Assert.Single(result.Findings).Path);
    }

    [Theory]
    [InlineData("machine: {kubelet: {extraConfig: {a: 1}}}", "machine: {kubelet: {extraConfig: {a: text}}}", "machine.kubelet.extraConfig.a")]
    [InlineData("machine: {kubelet: {extraConfig: {a: 1}}}", "machine: {kubelet: {extraConfig: {a: null}}}", "machine.kubelet.extraConfig.a")]
    [InlineData("machine: {network: {hostname: a}}", "machine: {network: [x]}", "machine.network")]
    [InlineData("machine: {certSANs: [a]}", "machine: {certSANs: b}", "machine.certSANs")]
    [InlineData("machine: {install: {diskSelector: {size: 4GB}}}", "machine: {install: {diskSelector: {size: 5GB}}}", "machine.install.diskSelector.size")]
    public void What_Talos_cannot_merge_is_an_error_with_file_line_and_path(string config, string patch, string path)
    {
        var error = Patched.Error(config, "# comment\n" + patch);
        Assert.Equal(("patch1.yaml", 2, path), (error.File, error.Line, error.Path));
    }

    [Theory]
    [InlineData("kind: LinkConfig\nname: a\nmtu: 1", "has no apiVersion")]
    [InlineData("hello: world", "without kind")]
    [InlineData("just text", "a patch is text")]
    [InlineData("a: [", "not valid YAML")]
    [InlineData("machine: &m\n  again: *m", "")]
    public void A_patch_that_is_none_is_an_error(string patch, string message) =>
        Assert.Contains(message, Patched.Error("machine: {}", patch).Message, StringComparison.Ordinal);

    [Fact]
    public void The_same_document_twice_in_a_config_is_an_error_but_not_in_a_patch()
    {
        const string twice = "{apiVersion: v1alpha1, kind: OOMConfig, sampleInterval: 1s}\n---\n{apiVersion: v1alpha1, kind: OOMConfig, sampleInterval: 2s}";
        Assert.Contains("here twice", Patched.Error(twice).Message, StringComparison.Ordinal);
        Assert.Contains("2s", Patched.Apply("machine: {}", twice), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_Talos_knows_is_merged_and_told()
    {
        var result = Patched.Result("machine: {}", "machine: {nodeLabel: {a: b}}");
        Assert.Contains("nodeLabel", result.Config!.Reveal(), StringComparison.Ordinal);
        var warning = Assert.Single(result.Findings);
        Assert.Equal((Severity.Warning, "machine.nodeLabel", "did you mean nodeLabels?"), (warning.Severity, warning.Path, warning.Hint));
    }

    [Fact]
    public void Aliases_cannot_overflow_the_stack_or_the_memory()
    {
        var deep = "machine:\n  l:\n  - &a0 []\n" + string.Concat(Enumerable.Range(1, 20_000).Select(i => $"  - &a{i} [*a{i - 1}]\n"));
        Assert.Contains("levels deep", Patched.Error(deep).Message, StringComparison.Ordinal);
        var wide = "machine:\n  l:\n  - &a0 [x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"  - &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));
        Assert.Contains("1,000,000 values", Patched.Error(wide).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_quotes_and_unknown_fields_survive()
    {
        const string config = """
            version: v1alpha1
            machine:
                zebra: 0644
                token: "a"
                files:
                    - content: |
                        two
                          lines
                      permissions: 0o644
                sysctls: {b: '1', a: "2"}
                network: {}
            """;
        Assert.Equal(config + "\n    type: worker\n", Patched.Apply(config, "machine: {type: worker}"));
    }

    [Fact]
    public void Aliases_and_merge_keys_are_resolved_so_that_a_patch_changes_one_place_only()
    {
        const string config = "machine: {sysctls: &s {a: '1'}, sysfs: *s, env: {<<: *s, b: '2'}}";
        Assert.Equal(
            Decoded.Config("machine: {sysctls: {a: '9'}, sysfs: {a: '1'}, env: {a: '1', b: '2'}}"),
            Decoded.Config(Patched.Apply(config, "machine: {sysctls: {a: '9'}}")));
    }

    private static string Document(string body) => $"{{apiVersion: v1alpha1, {body}}}";
}

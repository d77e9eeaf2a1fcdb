using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Fuzz.Patching;

/// <summary>What fuzzing starts from: a config of every dialect and role, and patches that use each thing a patch can do.</summary>
internal static class Seeds
{
    public static IReadOnlyList<string> Configs { get; } =
    [
        .. from talos in (ReleaseVersion[])[new(1, 10, 9), new(1, 12, 11), new(1, 14, 0)]
           from role in Enum.GetValues<NodeRole>()
           select Generate(talos, role),
        """
        machine:
          type: worker
          network:
            hostname: w1   # a comment
            interfaces:
              - {interface: eth0, dhcp: true, mtu: 9000, vlans: [{vlanId: 100, dhcp: true}, {vlanId: 7}]}
              - {deviceSelector: {driver: mlx5_core, physical: true}, addresses: [10.0.0.5/24], routes: [{network: 0.0.0.0/0, gateway: 10.0.0.1}]}
          certSANs: [a, b]
          sysctls: &s {net.core.a: "1", vm.swappiness: "0"}
          sysfs: *s
          kubelet: {extraArgs: {v: "4", feature-gates: [A=true]}, extraConfig: {a: {b: [1, 2.5, true, null]}}}
          files: [{path: /etc/x, permissions: 0o644, op: create, content: "a\n\tb"}]
          registries: {mirrors: {docker.io: {endpoints: [https://m:5000/v2]}}}
        cluster:
          controlPlane: {endpoint: https://10.0.0.10:6443}
          apiServer: {admissionControl: [{name: PodSecurity, configuration: {defaults: {enforce: baseline}}}], extraArgs: {a: b}}
          inlineManifests: [{name: x, contents: "\n\nkind: A"}]
        """,
        """
        apiVersion: v1alpha1
        kind: LinkConfig
        name: enp1s0
        up: true
        mtu: 9000
        addresses: [{address: 10.0.0.5/24}]
        ---
        {apiVersion: v1alpha1, kind: ExtensionServiceConfig, name: agent, configFiles: [{mountPath: /a, content: x}], environment: [A=1]}
        ---
        {apiVersion: v1alpha1, kind: NetworkRuleConfig, name: r, portSelector: {ports: [1-2, 80], protocol: tcp}, ingress: [{subnet: 10.0.0.0/8}]}
        ---
        {apiVersion: v1alpha1, kind: VolumeConfig, name: EPHEMERAL, provisioning: {minSize: 2GiB, diskSelector: {match: "!system_disk"}}}
        ---
        {apiVersion: v1alpha1, kind: WatchdogTimerConfig, device: /dev/watchdog0, timeout: 3m0s}
        ---
        {apiVersion: v1alpha1, kind: TomorrowConfig, name: x, list: [1], map: {a: b}}
        """,
    ];

    public static IReadOnlyList<string> Patches { get; } =
    [
        "machine: {sysctls: {net.core.b: \"2\", vm.swappiness: {$patch: delete}}}",
        "machine:\n  network:\n    interfaces:\n      - {interface: eth0, mtu: 1500, vlans: [{vlanId: 100, mtu: 1400}]}\n      - interface: eth1\n        $patch: delete\n",
        "machine: {certSANs: [b, c], kubelet: {extraArgs: {v: [\"5\"]}, extraConfig: {a: {b: [3]}}, registerWithFQDN: false}}",
        "cluster:\n  apiServer:\n    admissionControl:\n      - name: PodSecurity\n        $patch: delete\n  network: {podSubnets: [10.1.0.0/16]}\n  proxy: {disabled: true}\n",
        "apiVersion: v1alpha1\nkind: LinkConfig\nname: enp1s0\nmtu: 1500\naddresses: [{address: 10.0.0.6/24}]\n---\napiVersion: v1alpha1\nkind: HostnameConfig\n$patch: delete\n",
        "apiVersion: v1alpha1\nkind: ExtensionServiceConfig\nname: agent\nconfigFiles:\n  - {mountPath: /a, content: y}\n  - {mountPath: /b, content: z}\n",
        "apiVersion: v1alpha1\nkind: NetworkRuleConfig\nname: r\nportSelector: {ports: [443]}\ningress: [{subnet: 0.0.0.0/0, except: 10.0.0.0/8}]\n",
        "{apiVersion: v1alpha1, kind: KubeProxyConfig, enabled: false}",
        "[{op: add, path: /machine/network/hostname, value: x}, {op: test, path: /machine/type, value: worker}, {op: remove, path: /machine/certSANs/0}]",
        "[{\"op\": \"move\", \"from\": \"/machine/sysctls\", \"path\": \"/machine/sysfs\"}, {\"op\": \"copy\", \"from\": \"/machine/type\", \"path\": \"/machine/certSANs/-\"}]",
        "- op: replace\n  path: /machine/files/0/content\n  value: |\n    several\n    lines\n",
        "machine: {install: {diskSelector: {size: '>= 1TB'}, wipe: true, extraKernelArgs: [-console, a=b]}, env: {http_proxy: http://x:1}, time: {bootTimeout: 2m}}",
    ];

    private static string Generate(ReleaseVersion talos, NodeRole role)
    {
        var pair = new PemPair("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", new Sensitive("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"));
        return ConfigGenerator.Generate(new GenerateRequest
        {
            Talos = talos,
            Role = role,
            ClusterName = "fuzz",
            Endpoint = new Uri("https://10.0.0.10:6443"),
            Kubernetes = new ReleaseVersion(1, 33, 0),
            Network = new NetworkSpec { PodCidrs = [NetworkSpec.DefaultPodCidr], ServiceCidrs = ["10.96.0.0/12"] },
            Secrets = new SecretsBundle
            {
                ClusterId = "aWQ=",
                ClusterSecret = new Sensitive("c2VjcmV0"),
                BootstrapToken = new Sensitive("abcdef.0123456789abcdef"),
                TrustdToken = new Sensitive("fedcba.0123456789abcdef"),
                SecretboxEncryptionSecret = new Sensitive("Ym94"),
                Etcd = pair,
                Kubernetes = pair,
                KubernetesAggregator = pair,
                KubernetesServiceAccountKey = pair.Key!,
                Os = pair,
            },
        });
    }
}

namespace Slipway.Tests.Spec;

/// <summary>Specs that must be read without a finding.</summary>
public static class GoodSpecs
{
    /// <summary>No more than what is required, and the operators whose absence would draw a warning.</summary>
    public const string Minimal = """
        name: prod
        endpoint: https://10.0.0.10:6443
        talos: {version: v1.12.4}
        kubernetes: {version: v1.30.9}
        network: {operatorCIDRs: [192.0.2.0/24]}
        nodes:
          - {name: cp1, address: 10.0.0.11, role: controlplane, install: {disk: /dev/sda}}
        """;

    /// <summary>Every key of the spec with a value that is not its default.</summary>
    public const string Complete = """
        # A cluster as large as its language.
        name: prod
        endpoint: https://api.prod.example.org:6443
        talos:
          version: v1.12.4
          installer: factory.talos.dev/metal-installer/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba:v1.12.4
          factory: factory.prod.internal
          secureBoot: true
          extensions: [siderolabs/nvme-cli]
          dropExtensions: [iscsi-tools]
        kubernetes:
          version: 1.30.9
        network:
          podCIDRs: [10.128.0.0/16, "fd00:10:128::/56"]
          serviceCIDRs: [10.112.0.0/16, "fd00:10:112::/112"]
          operatorCIDRs: [192.0.2.0/24, 198.51.100.7/32]
          dnsDomain: prod.internal
          mtu: 8900
        secrets: ./keep/secrets.yaml
        configs:
          controlPlane: ./base/controlplane.yaml
          worker: ./base/worker.yaml
        patches:
          all:
            - ./patches/time.yaml
            - machine:
                sysctls: {net.core.somaxconn: "4096"}
          controlPlane: [./patches/cp.yaml]
          worker: [./patches/worker.yaml]
        nodes:
          - name: cp1
            address: 10.0.0.11
            port: 50001
            role: controlplane
            identity:
              uuid: 4C4C4544-0042-3510-8053-B4C04F4D5331
              mac: 52:54:00:AA:BB:01
              serial: 7391042
            install: {serial: S4EVNX0R123456, wipe: true}
            interface:
              name: enp1s0
              mtu: 9000
              addresses: [10.0.0.11/24]
              gateway: 10.0.0.1
              bond:
                members: [{mac: "52:54:00:00:00:01"}, {pci: "0000:81:00.1"}]
                mode: balance-xor
                xmitHashPolicy: layer3+4
                miimon: 50
            labels: {example.org/role: control, zone: "", rack: 12}
            taints: {example.org/reserved: "etcd:NoSchedule"}
            maintenanceFingerprint: DPEVy4oUQG3rjFBbH4lYGQFFXmUXJ4tXqXIKfWfZB2c=
            patches:
              - ./patches/cp1.yaml
              - {machine: {sysctls: {vm.swappiness: "0"}}}
          - name: cp2
            address: 10.0.0.12
            role: controlplane
            install: {wwid: eui.0025388b710116a1}
            interface: {name: bond0, bond: {members: [{name: enp1s0}, {name: enp2s0}], lacpRate: fast}}
          - name: cp3
            address: cp3.prod.example.org
            role: controlplane
            install: {disk: /dev/nvme0n1}
            talos: {version: v1.11.6, installer: "factory.talos.dev/metal-installer/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba:v1.11.6"}
          - name: sol-1
            address: 10.0.0.21
            role: worker
            identity: {mac: "52:54:00:aa:bb:21"}
            install: {serial: "0042"}
            interface:
              name: enp2s0f0
              vlan: {id: 100, addresses: [10.0.0.21/24], gateway: 10.0.0.1}
            taints: {dedicated: NoExecute}
            profile: epyc
        cilium:
          version: 1.16.18
          chart: {oci: "oci://quay.io/cilium/charts/cilium"}
          masquerade: ebpf
          acceleration: best-effort
          devices: [enp1s0, enp2+]
          autoDirectNodeRoutes: false
          values:
            hubble: {relay: {enabled: true}}
        policies:
          enabled: false
          audit: false
          hostFirewall: false
          gossip: 8001-8020
          rpc: 8899
          jupiter:
            namespace: jup
            labels: {app.kubernetes.io/name: jupiter}
          allowedDomains: ["*.example.org"]
          denyCIDRs: [203.0.113.0/24]
        xdp:
          mode: off
          version: 0.2.0
        profiles:
          epyc:
            client: agave-xdp
            installer: registry.prod.internal/installer:v1.12.4
            bootloader: grub
            cpus:
              housekeeping: 0-1,32-33
              network: 2-3
              workload: 4-31,34-63
              numaNode: 0
              isolation: interrupts
              tickless: false
              governor: performance
              frequencyDriver: amd-active
              shallowIdle: true
              wholeCores: true
            hugepages: {1Gi: 2, 2Mi: 1024}
            nic:
              queues: 2
              rxRing: 4096
              txRing: 1024
              features: {rx-gro-hw: false, tx-tcp-segmentation: true}
              napiThreads: true
            kernelArgs: [iommu.passthrough=1, nowatchdog]
            bpfJitHarden: 1
        """;
}

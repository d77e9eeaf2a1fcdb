namespace Slipway.Tests.Traps;

/// <summary>
/// What a client of Talos that nobody warned walks into. Each has a test named for it in this folder, which other tests go
/// deeper into; <c>--filter-trait Trap=28</c> runs the one.
/// </summary>
internal static class TrapIndex
{
    public static IReadOnlyDictionary<int, string> All { get; } = new Dictionary<int, string>
    {
        [1] = "a talosconfig's key is Ed25519 under an odd PEM label",
        [2] = "the default mode of ApplyConfiguration is REBOOT, which 1.14 refuses",
        [3] = "'nodes' in the plural is refused here and hides errors there",
        [4] = "a worker forwards nothing",
        [5] = "an upgrade that failed ends its call with OK",
        [6] = "nodes become ready only with a CNI",
        [7] = "a bootstrap whose answer was lost is asked for again elsewhere",
        [8] = "the tar of a kubeconfig is cut short",
        [9] = "a log with tail_lines 0 is empty",
        [10] = "events have type URLs of their own, and the first one is empty",
        [11] = "lists grow with each patch, and JSON patches always fail from 1.12 on",
        [12] = "one dialect of patches does not do for all versions",
        [13] = "deleting KubeProxyConfig switches kube-proxy on",
        [14] = "kernel arguments of a config do not arrive",
        [15] = "another installer image in a config changes nothing on an installed node",
        [16] = "an extension service that ends or waits reboots the node",
        [17] = "a fresh bpffs hides the pins",
        [18] = "HTTP/2 pings end the connection",
        [19] = "the fingerprint of maintenance mode does not last",
        [20] = "certificates of a node whose clock is off are not valid yet",
        [21] = "the machine config in its resource is a text that holds YAML, and a staged one lies beside the active one",
        [22] = "KernelParamStatus tells what was written, EthernetConfig fails in a log",
        [23] = "dry runs and machine configs hold secrets in the clear",
        [24] = "a graceful reset hangs on a control plane that is alone or broken",
        [25] = "Cilium's own defaults do not fit Talos",
        [26] = "Talos hardens BPF",
        [27] = "two control planes are worse than one",
        [28] = "one document about a link ends DHCP on all the others",
        [29] = "an unknown resource type is answered with PermissionDenied",
        [30] = "COSI has no default namespace",
        [31] = "an extension service with a mount below /var starts before /var is there",
        [32] = "Talos never updates or removes its own manifests",
        [33] = "a bootstrap that was accepted can be lost",
        [34] = "a reader does not see the machine config",
    };
}

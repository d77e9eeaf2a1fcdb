using Slipway.Core.Versions;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>Where Talos takes images from (Talos pkg/machinery/constants/constants.go, pkg/images).</summary>
internal static class Images
{
    public const string Kubelet = "ghcr.io/siderolabs/kubelet";

    public const string ApiServer = "registry.k8s.io/kube-apiserver";

    public const string ControllerManager = "registry.k8s.io/kube-controller-manager";

    public const string Scheduler = "registry.k8s.io/kube-scheduler";

    public const string Proxy = "registry.k8s.io/kube-proxy";

    /// <summary>The schematic without any customization; the same for everybody, since it is a hash of its content.</summary>
    private const string EmptySchematic = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba";

    public static string At(string repository, ReleaseVersion version) => $"{repository}:{version}";

    /// <summary>From 1.14 on there is no ready-made installer any more: the image factory builds one.</summary>
    public static string Installer(ReleaseVersion talos) => talos.IsAtLeast(1, 14)
        ? At($"factory.talos.dev/metal-installer/{EmptySchematic}", talos)
        : At("ghcr.io/siderolabs/installer", talos);

    /// <summary>The same repository (a mirror, perhaps) at another version; a digest gives way to the tag.</summary>
    public static string Retag(string image, ReleaseVersion version)
    {
        var repository = image.Split('@')[0];
        var colon = repository.LastIndexOf(':');
        // A colon before the last slash belongs to a port.
        return At(colon > repository.LastIndexOf('/') ? repository[..colon] : repository, version);
    }
}

using Slipway.Extension.Oci;

namespace Slipway.Extension.Building;

/// <summary>Where things lie in the image. What of it the operator wrote comes from <c>image/</c>, which is built in.</summary>
public static class ExtensionLayout
{
    /// <summary>The extension's name in Talos, and of its service without the prefix <c>ext-</c>.</summary>
    public const string Name = "slipway-xdp";

    internal const string Manifest = "manifest.yaml";
    internal const string Rootfs = "rootfs";
    internal const string Services = "/usr/local/etc/containers";
    internal const string Containers = "/usr/local/lib/containers";
    internal const string ServiceFile = $"{Services}/{Name}.yaml";

    private const string Root = $"{Rootfs}{Containers}/{Name}";
    private const string Agent = $"{Root}/usr/bin/xdp-agent";
    private const string XdpObject = $"{Root}/usr/lib/slipway/solana_xdp.bpf.o";

    /// <summary>
    /// What the container runtime mounts on. It could make them in Talos' writable overlay; being there, the root can be
    /// run as it is, read-only, by anything that runs containers.
    /// </summary>
    private static readonly string[] s_mountPoints = ["dev", "proc", "run/slipway", "sys", "tmp", "usr/local/etc/slipway", "var/lib/slipway"];

    internal static IEnumerable<TarFile> Files(ExtensionContent content)
    {
        yield return new TarFile(Manifest, Embedded(Manifest));
        foreach (var name in typeof(ExtensionLayout).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Rootfs + "/", StringComparison.Ordinal)))
        {
            yield return new TarFile(name, Embedded(name));
        }

        yield return new TarFile(Agent, content.Agent) { IsExecutable = true };
        yield return new TarFile(XdpObject, content.XdpObject);
        foreach (var point in s_mountPoints)
        {
            yield return TarFile.Folder($"{Root}/{point}");
        }
    }

    internal static byte[] Embedded(string name)
    {
        using var resource = typeof(ExtensionLayout).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} of image/ is not built in");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}

using Slipway.Core.Diagnostics;
using Slipway.Extension.Building;
using Slipway.Extension.Oci;
using Slipway.Extension.Services;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Kernel.Tests.Service;

/// <summary>The extension as it ships: agent and filter built of the sources, the image made of them, and unpacked by umoci.</summary>
public sealed class ShippedExtension : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-ship-").FullName;
    private SourceCopy? _built;
    private SourceCopy? _again;
    private ServiceDefinition? _service;

    /// <summary>The image as one file, as <c>slipway extension build</c> writes it.</summary>
    public string Tar => Path.Combine(_folder, "image.tar");

    /// <summary>The same of sources that lay in another folder.</summary>
    public string TarOfElsewhere => Path.Combine(_folder, "elsewhere.tar");

    /// <summary>The container's root as it lies on a node.</summary>
    public string ContainerRoot => Path.Combine(_folder, "bundle/rootfs/rootfs/usr/local/lib/containers", Service.Name);

    /// <summary>What lay there before the first service ran; one root serves all tests.</summary>
    internal IReadOnlyList<string> Unpacked { get; private set; } = [];

    internal SourceCopy Built => _built!;

    internal SourceCopy BuiltElsewhere => _again!;

    /// <summary>The definition that is in the image.</summary>
    internal ServiceDefinition Service => _service!;

    public async ValueTask InitializeAsync()
    {
        Root.Demand();
        _built = SourceCopy.Build(Path.Combine(_folder, "here"));
        _again = SourceCopy.Build(Path.Combine(_folder, "and-far/away-from-it"));
        var image = ImageOf(_built);
        await LayoutWriter.WriteAsync(image, Tar, CancellationToken.None);
        await LayoutWriter.WriteAsync(ImageOf(_again), TarOfElsewhere, CancellationToken.None);
        await LayoutWriter.WriteAsync(image, Path.Combine(_folder, "layout"), CancellationToken.None);
        Programs.Run("umoci", "unpack", "--image", $"{Path.Combine(_folder, "layout")}:{image.Reference.Tag}", Path.Combine(_folder, "bundle"));
        var findings = new List<Diagnostic>();
        var definition = Path.Combine(_folder, "bundle/rootfs/rootfs/usr/local/etc/containers/slipway-xdp.yaml");
        _service = ServiceDefinitionReader.Read(definition, await File.ReadAllTextAsync(definition), findings);
        Assert.Empty(findings);
        Unpacked = EntriesOfRoot();
    }

    /// <summary>What lies in the container's root now, as paths from there.</summary>
    internal IReadOnlyList<string> EntriesOfRoot() =>
        [.. Directory.EnumerateFileSystemEntries(ContainerRoot, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(ContainerRoot, path)).Order(StringComparer.Ordinal)];

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static OciImage ImageOf(SourceCopy built) => ExtensionBuilder.Build(
        new ExtensionContent
        {
            Agent = File.ReadAllBytes(built.Agent),
            AgentFile = built.Agent,
            XdpObject = File.ReadAllBytes(built.XdpObject),
            XdpObjectFile = built.XdpObject,
        },
        ExtensionBuilder.DefaultReference);
}

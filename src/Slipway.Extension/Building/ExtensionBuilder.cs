using System.IO.Compression;
using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Extension.Manifests;
using Slipway.Extension.Oci;

namespace Slipway.Extension.Building;

/// <summary>
/// Makes the system extension's image. The same content gives the same bytes on every machine with the same .NET runtime,
/// whose zlib decides the compressed form; the digests of the unpacked layer are the same with any.
/// </summary>
public static class ExtensionBuilder
{
    /// <summary>The manifest's version is the extension's; without a reference the image is called by both.</summary>
    public static ImageReference DefaultReference { get; } = new() { Repository = ExtensionLayout.Name, Tag = OwnManifest().Version };

    /// <exception cref="BadInputException">The agent or the object is not what an extension can carry.</exception>
    public static OciImage Build(ExtensionContent content, ImageReference reference)
    {
        var architecture = Examine(content);
        var (layer, diffId) = Layer(ExtensionLayout.Files(content));
        var labels = Labels(OwnManifest());
        var config = OciBlob.Of(OciMediaTypes.Config, OciJson.Write(new OciConfig
        {
            Architecture = architecture,
            Os = "linux",
            Created = "1970-01-01T00:00:00Z",
            Config = new OciRuntimeConfig { Labels = labels },
            RootFileSystem = new OciRootfs("layers", [diffId]),
        }));
        var manifest = OciBlob.Of(OciMediaTypes.Manifest, OciJson.Write(new OciManifest
        {
            SchemaVersion = 2,
            MediaType = OciMediaTypes.Manifest,
            Config = config.Descriptor,
            Layers = [layer.Descriptor],
            Annotations = labels,
        }));
        return new OciImage
        {
            Reference = reference,
            Platform = new OciPlatform { Architecture = architecture, Os = "linux" },
            Manifest = manifest,
            Config = config,
            Layers = [layer],
        };
    }

    private static string Examine(ExtensionContent content)
    {
        var findings = new List<Diagnostic>();
        ElfFile.TryRead(content.Agent.Span, out var agent);
        var architecture = agent?.Machine switch { ElfFile.X64 => "amd64", ElfFile.Arm64 => "arm64", _ => null };
        if (architecture is null)
        {
            Add(content.AgentFile, "this is no executable for x86-64 or arm64", "the published node agent", "image/build.sh makes it");
        }
        else if (agent!.NeedsInterpreter)
        {
            Add(content.AgentFile, "this executable is linked dynamically, and the extension's root holds no libc", "a static executable", "image/build.sh makes it: an ordinary 'dotnet build' does not");
        }

        if (!ElfFile.TryRead(content.XdpObject.Span, out var program) || program.Machine != ElfFile.Bpf)
        {
            Add(content.XdpObjectFile, "this is no BPF object", "solana_xdp.bpf.c compiled by clang -target bpf", "image/build.sh makes it");
        }

        return findings.Count > 0 ? throw new BadInputException(findings) : architecture!;

        void Add(string file, string message, string expected, string hint) => findings.Add(new Diagnostic
        {
            Severity = Severity.Error,
            File = file,
            Line = 0,
            Column = 0,
            Message = message,
            Expected = expected,
            Hint = hint,
        });
    }

    private static (OciBlob Layer, string DiffId) Layer(IEnumerable<TarFile> files)
    {
        using var tar = new MemoryStream();
        ReproducibleTar.Write(tar, files);
        var plain = tar.GetBuffer().AsSpan(0, (int)tar.Length);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return (OciBlob.Of(OciMediaTypes.LayerGzip, packed.ToArray()), OciDigest.Of(plain));
    }

    private static SortedDictionary<string, string> Labels(ExtensionManifest manifest) => new(StringComparer.Ordinal)
    {
        ["org.opencontainers.image.title"] = manifest.Name,
        ["org.opencontainers.image.description"] = manifest.Description.Trim(),
        ["org.opencontainers.image.version"] = manifest.Version,
        ["org.opencontainers.image.vendor"] = manifest.Author,
        ["dev.slipway.talos.compatibility"] = manifest.TalosRange,
    };

    private static ExtensionManifest OwnManifest()
    {
        var findings = new List<Diagnostic>();
        var manifest = ExtensionManifestReader.Read(ExtensionLayout.Manifest, Encoding.UTF8.GetString(ExtensionLayout.Embedded(ExtensionLayout.Manifest)), findings);
        return manifest is not null && findings.Count == 0 ? manifest : throw new BadInputException(findings);
    }
}

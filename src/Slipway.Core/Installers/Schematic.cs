using System.Security.Cryptography;
using System.Text;

namespace Slipway.Core.Installers;

/// <summary>
/// What an image factory puts into an image beside Talos itself. Its id is the SHA-256 of its canonical YAML
/// (siderolabs/image-factory: pkg/schematic/schematic.go), so it is the same wherever it is computed.
/// </summary>
public sealed record Schematic
{
    public static Schematic Empty { get; } = new();

    /// <summary>In the order in which they stand on the command line. Words without quotes, spaces and '#'.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    /// <summary>As <c>vendor/name</c>, in ordinal order: another order would be another id for the same image.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    public bool IsEmpty => KernelArguments.Count + Extensions.Count == 0;

    /// <summary>The canonical form: Go's YAML encoder, four spaces an indent, empty parts left out.</summary>
    public string ToYaml()
    {
        if (IsEmpty)
        {
            return "customization: {}\n";
        }

        var yaml = new StringBuilder("customization:\n");
        if (KernelArguments.Count > 0)
        {
            yaml.Append("    extraKernelArgs:\n");
            yaml.AppendJoin("", KernelArguments.Select(argument => $"        - {argument}\n"));
        }

        if (Extensions.Count > 0)
        {
            yaml.Append("    systemExtensions:\n        officialExtensions:\n");
            yaml.AppendJoin("", Extensions.Select(extension => $"            - {extension}\n"));
        }

        return yaml.ToString();
    }

    /// <summary>64 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToYaml())));
}

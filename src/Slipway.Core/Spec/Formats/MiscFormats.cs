using System.Globalization;
using Slipway.Core.Spec.Shapes;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Formats;

/// <summary>Versions, places of files and images, marks of machines.</summary>
internal static class MiscFormats
{
    /// <summary>domain:bus:device.function in hexadecimal, as LinkStatus has it (busPath).</summary>
    public static TextFormat Pci { get; } = new(
        "a PCI address", "domain:bus:device.function in lower-case hexadecimal, as Talos lists links (busPath)", @"^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$", "0000:81:00.0")
    {
        Hint = text => text.Length == 7 ? "write the domain before it: 0000:" : null,
    };

    public static TextFormat Version { get; } = new(
        "a version", "a version with three numbers such as v1.13.9", @"^v?[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$", "v1.13.9")
    {
        Accepts = text => ReleaseVersion.TryParse(text, out _),
        Hint = text => ReleaseVersion.TryParse(text + ".0", out _) ? $"name the patch release too, such as {text}.0" : null,
    };

    public static TextFormat Endpoint { get; } = new(
        "an API endpoint", "https://host:port", @"^https://([0-9A-Za-z.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}$", "https://10.0.0.10:6443")
    {
        Accepts = text => TryEndpoint(text, out _),
        Hint = EndpointHint,
    };

    /// <summary>A path relative to cluster.yaml, or an absolute one.</summary>
    public static TextFormat Path { get; } = new("a path", "the path of a file, relative to cluster.yaml or absolute", "^[^ ].*$", "./patch.yaml")
    {
        Accepts = text => !text.EndsWith('/') && !text.Contains("://", StringComparison.Ordinal) && text.Trim() == text,
        Hint = text => text.EndsWith('/') ? "name a file, not a folder" : text.Contains("://", StringComparison.Ordinal) ? "only files are read; fetch it first" : null,
    };

    public static TextFormat Folder { get; } = new("a folder", "the path of a folder, relative to cluster.yaml or absolute", "^[^ ].*$", "./charts/cilium")
    {
        Accepts = text => !text.Contains("://", StringComparison.Ordinal) && text.Trim() == text,
    };

    /// <summary>"generate" or a path: talosctl's and others' configs can be brought along.</summary>
    public static TextFormat BaseConfig { get; } = new("'generate' or a path", "generate, or the path of a machine config", Path.Pattern, "generate")
    {
        Accepts = Path.Accepts,
        Hint = Path.Hint,
    };

    public static TextFormat Image { get; } = new(
        "an image reference",
        "registry/name with a tag or digest, such as ghcr.io/siderolabs/installer:v1.13.9",
        @"^[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9._-]+)+((:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$",
        "ghcr.io/siderolabs/installer:v1.13.9")
    {
        Hint = text => text.Contains("://", StringComparison.Ordinal) ? "without a scheme" : !text[(text.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal) ? "add a tag: without one it would be 'latest'" : null,
    };

    public static TextFormat Repository { get; } = new("a chart repository", "an http(s) URL", "^https?://[^ ]+$", "https://helm.cilium.io")
    {
        Accepts = text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0,
        Hint = text => text.StartsWith("oci://", StringComparison.Ordinal) ? "write it under 'oci'" : text.Contains('@', StringComparison.Ordinal) ? "log in with helm; the spec holds no password" : null,
    };

    public static TextFormat Oci { get; } = new("an OCI reference", "oci://registry/path without a tag; 'version' names it", @"^oci://[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9._-]+)+$", "oci://quay.io/cilium/charts/cilium");

    public static TextFormat Archive { get; } = new("a chart archive", "the path of a .tgz file", @"^[^ ].*\.(tgz|tar\.gz)$", "./cilium-1.16.19.tgz")
    {
        Accepts = Path.Accepts,
        Hint = Path.Hint,
    };

    public static TextFormat Device { get; } = new("a disk", "a device such as /dev/nvme0n1", "^/dev/[A-Za-z0-9][A-Za-z0-9/_.:@+-]*$", "/dev/nvme0n1")
    {
        Accepts = text => !text.Contains("..", StringComparison.Ordinal),
        Hint = text => text.StartsWith('/') ? null : $"such as /dev/{text}",
    };

    /// <summary>Serial numbers and WWIDs as the machine says them: any printable text, no space at the ends.</summary>
    public static TextFormat Mark { get; } = new("a serial number or WWID", "the text that the machine shows, at most 256 characters, no space at the ends", "^[^ ](.{0,254}[^ ])?$", "S4EVNX0R123456");

    public static TextFormat Fingerprint { get; } = new("a fingerprint", "base64 of 32 bytes (44 characters), as the console of the node shows it", "^[A-Za-z0-9+/]{43}=$", "DPEVy4oUQG3rjFBbH4lYGQFFXmUXJ4tXqXIKfWfZB2c=")
    {
        Accepts = text => Convert.TryFromBase64String(text, new byte[33], out var length) && length == 32,
        Hint = text => text.Length == 64 && text.All(char.IsAsciiHexDigit) ? $"that is hex; as base64 it is {Convert.ToBase64String(Convert.FromHexString(text))}" : null,
    };

    public static TextFormat Ports { get; } = new("a port or port range", "a port or first-last, each from 1 to 65535", "^[0-9]{1,5}(-[0-9]{1,5})?$", "8000-8002")
    {
        Accepts = text => TryPorts(text, out _),
        Hint = text => text.Split('-') is [var first, var last] && TryPort(first, out var a) && TryPort(last, out var b) && a > b ? $"the lower one first: {b}-{a}" : null,
    };

    public static bool TryPorts(string text, out PortRange ports)
    {
        var (first, last) = text.Split('-') switch
        {
            [var only] when TryPort(only, out var port) => (port, port),
            [var low, var high] when TryPort(low, out var a) && TryPort(high, out var b) => (a, b),
            _ => (0, -1),
        };
        ports = new PortRange(first, last);
        return first > 0 && first <= last;
    }

    public static bool TryEndpoint(string text, out Uri endpoint)
    {
        endpoint = null!;
        var colon = text.LastIndexOf(':');
        if (!text.StartsWith("https://", StringComparison.Ordinal) || colon < 8 || !TryPort(text[(colon + 1)..], out _))
        {
            return false;
        }

        var host = text[8..colon];
        var valid = host.StartsWith('[')
            ? host.EndsWith(']') && IpText.TryParse(host[1..^1], out _)
            : !host.Contains(':', StringComparison.Ordinal) && AddressFormats.Host.IsValid(host);
        return valid && Uri.TryCreate(text, UriKind.Absolute, out endpoint!);
    }

    private static string? EndpointHint(string text) =>
        text.StartsWith("http://", StringComparison.Ordinal) ? "the Kubernetes API only speaks https"
        : TryEndpoint($"https://{text}", out _) ? $"write https://{text}"
        : TryEndpoint($"{text.TrimEnd('/')}:6443", out _) ? $"name the port, such as {text.TrimEnd('/')}:6443"
        : TryEndpoint($"https://{text}:6443", out _) ? $"write https://{text}:6443"
        : TryEndpoint(text.TrimEnd('/'), out _) ? "without a path"
        : null;

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;
}

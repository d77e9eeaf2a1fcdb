using System.Text.RegularExpressions;
using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec.Formats;

/// <summary>Names as DNS (RFC 1123), Kubernetes and Linux have them.</summary>
internal static partial class NameFormats
{
    private const string Label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private const string QualifiedName = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";

    private static readonly string[] TaintEffects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static TextFormat DnsLabel { get; } = new(
        "a DNS label", "lower-case letters, digits and '-', at most 63, no '-' at the ends", $"^{Label}$", "sol-1")
    {
        Hint = text => Try(LowerDashed(text), candidate => DnsLabel!.IsValid(candidate)),
    };

    public static TextFormat DnsDomain { get; } = new(
        "a DNS domain", "DNS labels with dots between them, at most 253 characters", $@"^{Label}(\.{Label})*$", "cluster.local")
    {
        Accepts = text => text.Length <= 253,
        Hint = text => Try(text.Trim('.').ToLowerInvariant(), candidate => DnsDomain!.IsValid(candidate)),
    };

    /// <summary>Linux: fewer than IFNAMSIZ (16) bytes, no '/', ':' or space (net/core/dev.c, dev_valid_name).</summary>
    public static TextFormat LinkName { get; } = new(
        "a link name", "at most 15 letters, digits, '.', '_', '-', as Talos lists links", "^[A-Za-z0-9_][A-Za-z0-9._-]{0,14}$", "enp1s0");

    /// <summary>Cilium's devices also take a trailing '+' for every link that begins so.</summary>
    public static TextFormat DevicePattern { get; } = new(
        "a link name", "a link name such as bond0, or a beginning with '+' such as eth+", @"^[A-Za-z0-9_][A-Za-z0-9._-]{0,14}\+?$", "bond0");

    /// <summary>Kubernetes: an optional DNS prefix and '/', then at most 63 letters, digits, '-', '_', '.'.</summary>
    public static TextFormat LabelKey { get; } = new(
        "a label key",
        "[prefix/]name as Kubernetes has it: the prefix a DNS domain, the name at most 63 letters, digits, '-', '_', '.'",
        $@"^({Label}(\.{Label})*/)?{QualifiedName}$",
        "example.org/role")
    {
        Accepts = text => text.IndexOf('/', StringComparison.Ordinal) <= 253,
    };

    public static TextFormat LabelValue { get; } = new(
        "a label value", "at most 63 letters, digits, '-', '_', '.', or nothing", $"^({QualifiedName})?$", "edge");

    /// <summary>Talos writes a taint as key: <c>[value:]Effect</c> (machine.nodeTaints, KubeNodeConfig.taints).</summary>
    public static TextFormat Taint { get; } = new(
        "a taint", "[value:]Effect with the effect NoSchedule, PreferNoSchedule or NoExecute", $"^({QualifiedName}:|:)?(NoSchedule|PreferNoSchedule|NoExecute)$", "validator:NoSchedule")
    {
        Hint = text => text.Contains('=', StringComparison.Ordinal) ? "write key: value:Effect instead of kubectl's key=value:Effect" : TaintEffect(text),
    };

    public static TextFormat Profile { get; } = new(
        "a profile name", "lower-case letters, digits and '-'", $"^{Label}$", "agave");

    /// <summary>What Cilium's toFQDNs matchPattern takes: a DNS name in which '*' stands for anything within a label.</summary>
    public static TextFormat DomainPattern { get; } = new(
        "a DNS name or pattern", "a DNS name in which '*' may stand for letters, such as *.solana.com", @"^[-a-zA-Z0-9_*]{1,63}(\.[-a-zA-Z0-9_*]{1,63})*$", "*.solana.com")
    {
        Accepts = text => text.Length <= 253,
        Hint = text => text.Contains("://", StringComparison.Ordinal) ? "only the host name, without scheme and path" : null,
    };

    private static string? TaintEffect(string text)
    {
        var effect = text[(text.LastIndexOf(':') + 1)..];
        var known = TaintEffects.FirstOrDefault(name => name.Equals(effect, StringComparison.OrdinalIgnoreCase));
        return known is null || known == effect ? null : $"write {known}";
    }

    private static string? Try(string candidate, Func<string, bool> accepts) => accepts(candidate) ? $"try '{candidate}'" : null;

    private static string LowerDashed(string text) => NotInLabel().Replace(text.ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex NotInLabel();
}

namespace Slipway.Core.Versions;

/// <summary>What belongs to one line of Talos releases.</summary>
/// <param name="Line"><c>1.13</c></param>
/// <param name="KubernetesFirst">The oldest Kubernetes minor that it supports.</param>
/// <param name="KubernetesLast">The newest Kubernetes minor that it supports.</param>
public sealed record TalosRelease(string Line, int KubernetesFirst, int KubernetesLast)
{
    /// <summary>
    /// The lines that Slipway speaks to. Kubernetes ranges: Talos, <c>pkg/machinery/compatibility/talos110</c> to
    /// <c>talos114</c>, MinimumKubernetesVersion and MaximumKubernetesVersion.
    /// </summary>
    public static IReadOnlyList<TalosRelease> Supported { get; } =
    [
        new("1.10", 28, 33),
        new("1.11", 29, 34),
        new("1.12", 30, 35),
        new("1.13", 31, 36),
        new("1.14", 32, 37),
    ];

    /// <summary>The lines in one phrase, for messages.</summary>
    public static string SupportedRange { get; } = $"{Supported[0].Line} to {Supported[^1].Line}";

    /// <summary>The Kubernetes minors in one phrase: <c>1.31 to 1.36</c>.</summary>
    public string KubernetesRange => $"1.{KubernetesFirst} to 1.{KubernetesLast}";

    /// <summary>Null when Slipway does not know the line.</summary>
    public static TalosRelease? Of(ReleaseVersion talos) => Supported.FirstOrDefault(release => release.Line == talos.Line);

    /// <summary>
    /// The installer that Talos' own generator writes (<c>pkg/images</c>, DefaultInstallerImage). From 1.14 on this
    /// repository gets no new tags, and the image factory's installer for the schematic without extensions stands in.
    /// </summary>
    public static string DefaultInstaller(ReleaseVersion talos) => talos.IsAtLeast(1, 14)
        ? $"factory.talos.dev/metal-installer/{EmptySchematic}:{talos}"
        : $"ghcr.io/siderolabs/installer:{talos}";

    public bool Supports(ReleaseVersion kubernetes) =>
        kubernetes.Major == 1 && kubernetes.Minor >= KubernetesFirst && kubernetes.Minor <= KubernetesLast;

    /// <summary>Id of the image factory's schematic without any customization: the SHA-256 of its canonical form.</summary>
    private const string EmptySchematic = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba";
}

namespace Slipway.Core.Versions;

/// <summary>What belongs to one line of Cilium releases.</summary>
/// <param name="Line"><c>1.16</c></param>
/// <param name="TestedKubernetesFirst">The oldest Kubernetes minor that Cilium's end-to-end tests ran on; null when we do not know.</param>
/// <param name="TestedKubernetesLast">The newest.</param>
public sealed record CiliumRelease(string Line, int? TestedKubernetesFirst, int? TestedKubernetesLast)
{
    /// <summary>
    /// The lines whose values Slipway writes. Tested versions: Cilium documentation of the release, "Kubernetes
    /// Compatibility" (<c>Documentation/network/kubernetes/compatibility.rst</c>); lines without numbers were not at hand.
    /// </summary>
    public static IReadOnlyList<CiliumRelease> Supported { get; } =
    [
        new("1.16", 27, 30),
        new("1.17", null, null),
        new("1.18", 30, 33),
        new("1.19", null, null),
        new("1.20", null, null),
    ];

    public static string SupportedRange { get; } = $"{Supported[0].Line} to {Supported[^1].Line}";

    /// <summary><c>1.27 to 1.30</c>, or null when we do not know.</summary>
    public string? TestedRange => TestedKubernetesFirst is null ? null : $"1.{TestedKubernetesFirst} to 1.{TestedKubernetesLast}";

    /// <summary>Null when Slipway does not know the line.</summary>
    public static CiliumRelease? Of(ReleaseVersion cilium) => Supported.FirstOrDefault(release => release.Line == cilium.Line);

    /// <summary>Null when we do not know what the line was tested on.</summary>
    public bool? WasTestedOn(ReleaseVersion kubernetes) => TestedKubernetesFirst is null
        ? null
        : kubernetes.Major == 1 && kubernetes.Minor >= TestedKubernetesFirst && kubernetes.Minor <= TestedKubernetesLast;
}

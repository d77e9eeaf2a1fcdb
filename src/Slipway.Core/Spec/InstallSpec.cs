namespace Slipway.Core.Spec;

/// <summary>The disk that Talos is installed on: exactly one of the three is given.</summary>
public sealed record InstallSpec
{
    public string? Serial { get; init; }

    public string? Wwid { get; init; }

    /// <summary>Such as <c>/dev/nvme0n1</c>. Device names can change between boots: serial or WWID is safer.</summary>
    public string? Disk { get; init; }

    /// <summary>Wipe the disk before the install; only allowed with serial or WWID.</summary>
    public bool Wipe { get; init; }
}

namespace Slipway.Core.Spec;

/// <summary>
/// Marks by which a machine is known. Those given must all match (SMBIOS SystemInformation and LinkStatus of the node);
/// with none, the address alone is trusted.
/// </summary>
public sealed record NodeIdentity
{
    /// <summary>SMBIOS system UUID, lower case.</summary>
    public string? Uuid { get; init; }

    /// <summary>Permanent MAC of one of its links, lower case, colons.</summary>
    public string? Mac { get; init; }

    /// <summary>SMBIOS system serial number.</summary>
    public string? Serial { get; init; }

    public bool IsEmpty => Uuid is null && Mac is null && Serial is null;
}

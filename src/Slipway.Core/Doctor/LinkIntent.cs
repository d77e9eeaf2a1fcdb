namespace Slipway.Core.Doctor;

/// <summary>What a config wants of one link. Keys as in EthernetConfig.</summary>
public sealed record LinkIntent
{
    /// <summary>Null leaves the link's own.</summary>
    public int? Mtu { get; init; }

    public IReadOnlyDictionary<string, int> Rings { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, int> Channels { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, bool> Features { get; init; } = new Dictionary<string, bool>();
}

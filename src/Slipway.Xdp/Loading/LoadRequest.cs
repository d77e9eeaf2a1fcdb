using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Loading;

/// <summary>What to load of an object.</summary>
internal sealed record LoadRequest
{
    /// <summary>Entries to load, and with them the maps that are theirs.</summary>
    public required IReadOnlyCollection<ProgramVariant> Variants { get; init; }

    public FilterSizes Sizes { get; init; } = FilterSizes.Default;

    /// <summary>Maps that exist already and are used instead of new ones, by name.</summary>
    public IReadOnlyDictionary<string, BpfHandle> Reuse { get; init; } = new Dictionary<string, BpfHandle>();

    /// <summary>Lets the program leave its last judgement in the configuration; for tests, since it costs a shared write a packet.</summary>
    public bool Trace { get; init; }
}

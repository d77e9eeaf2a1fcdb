namespace Slipway.Xdp.Loading;

/// <summary>Names of the maps in the object (bpf/README.md).</summary>
internal static class MapNames
{
    public const string Config = ".data.config";
    public const string Ports = ".data.ports";
    public const string Peers = "slw_peers";
    public const string Overflow = "slw_overflow";
    public const string Cidrs = "slw_cidrs";
    public const string CidrHint = "slw_cidr_hint";
    public const string Sources = "slw_sources";
    public const string Totals = ".data.totals";
    public const string Leases = "slw_leases";
    public const string Counters = "slw_counters";
    public const string Events = "slw_events";

    /// <summary>What all variants share, and what outlives a program: pinned together, used again together.</summary>
    public static IReadOnlyList<string> Shared { get; } =
        [Config, Ports, Peers, Overflow, Cidrs, CidrHint, Sources, Totals, Leases, Counters, Events];

    /// <summary>The name of a map's pin: bpffs keeps names with dots for itself.</summary>
    public static string PinName(string map) => map.TrimStart('.').Replace('.', '-');
}

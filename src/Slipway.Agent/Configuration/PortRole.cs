namespace Slipway.Agent.Configuration;

/// <summary>What speaks on a port.</summary>
internal enum PortRole
{
    /// <summary>Something of the validator's: sources are judged, content is not.</summary>
    Any,
    Gossip,
    Tvu,
    TpuQuic,
    Vote,
    Repair,
    ServeRepair,
    Rpc,
}

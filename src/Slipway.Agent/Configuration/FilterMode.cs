namespace Slipway.Agent.Configuration;

internal enum FilterMode
{
    /// <summary>Nothing is looked at.</summary>
    Off,

    /// <summary>Counts what it would drop and drops nothing.</summary>
    Observe,

    Enforce,
}

namespace Slipway.Rehearsal.Nodes;

/// <summary>Who answers on port 50000.</summary>
internal enum ApiPresence
{
    /// <summary>Nobody.</summary>
    Away,

    /// <summary>Under a certificate of the node's own making, asking for none.</summary>
    Maintenance,

    /// <summary>Under the cluster's CA, asking for a client certificate of it.</summary>
    Cluster,
}

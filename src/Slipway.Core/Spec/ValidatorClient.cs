namespace Slipway.Core.Spec;

/// <summary>The Solana client that a node is for: what it needs of kernel and container runtime follows from it.</summary>
public enum ValidatorClient
{
    /// <summary>None that Slipway knows: a database, a bare control plane.</summary>
    None,

    Agave,

    /// <summary>Agave that sends by AF_XDP.</summary>
    AgaveXdp,

    Firedancer,

    /// <summary>Agave that serves RPC and does not vote.</summary>
    Rpc,
}

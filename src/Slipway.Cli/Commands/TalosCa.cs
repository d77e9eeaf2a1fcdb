namespace Slipway.Cli.Commands;

/// <summary>Kinds that the CA of the Talos API can be of. Nodes make their own keys after it; workers up to Talos 1.10 make Ed25519 ones in any case.</summary>
internal enum TalosCa
{
    Ed25519,
    EcdsaP256,
}

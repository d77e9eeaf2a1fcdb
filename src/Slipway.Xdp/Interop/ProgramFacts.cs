namespace Slipway.Xdp.Interop;

/// <summary>A loaded program: its id, its name cut to 15 characters, the hash of its instructions (hex), its type (6 is XDP).</summary>
/// <param name="Verified">Instructions that the verifier walked through, each as often as it met it: what loading takes; 0 before Linux 5.16.</param>
internal sealed record ProgramFacts(uint Id, string Name, string Tag, uint Type, uint Verified);

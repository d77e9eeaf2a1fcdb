namespace Slipway.Xdp.Interop;

/// <summary>A loaded program: its id, its name cut to 15 characters, the hash of its instructions (hex), its type (6 is XDP).</summary>
internal sealed record ProgramFacts(uint Id, string Name, string Tag, uint Type);

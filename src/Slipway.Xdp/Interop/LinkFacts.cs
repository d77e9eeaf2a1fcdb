namespace Slipway.Xdp.Interop;

/// <summary>A bpf_link: its id and type, the program in it, and the interface that it is on (0 when that is gone).</summary>
internal sealed record LinkFacts(uint Id, uint Type, uint ProgramId, uint Interface);

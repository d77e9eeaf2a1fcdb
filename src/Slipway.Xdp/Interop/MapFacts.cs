namespace Slipway.Xdp.Interop;

/// <summary>What a map is: the part of bpf_map_info that tells whether two maps can stand for each other. Sizes in bytes.</summary>
internal sealed record MapFacts(BpfMapType Type, uint Id, string Name, uint KeySize, uint ValueSize, uint MaxEntries, uint Flags);

namespace Slipway.Xdp.Interop;

/// <summary>Kinds of maps that we meet; values from linux/bpf.h.</summary>
internal enum BpfMapType : uint
{
    Hash = 1,
    Array = 2,
    ProgramArray = 3,
    PerCpuArray = 6,
    LruHash = 9,
    LpmTrie = 11,
    ArrayOfMaps = 12,
    DeviceMap = 14,
    CpuMap = 16,
    RingBuffer = 27,
}

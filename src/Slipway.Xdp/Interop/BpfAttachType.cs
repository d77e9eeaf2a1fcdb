namespace Slipway.Xdp.Interop;

/// <summary>Attach types that we use; values from linux/bpf.h.</summary>
internal enum BpfAttachType : uint
{
    /// <summary>What loaders that know nothing of attach types leave behind (Firedancer).</summary>
    None = 0,

    Xdp = 37,

    TcxIngress = 46,
}

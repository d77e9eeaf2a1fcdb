namespace Slipway.Core.Spec;

/// <summary>How the node's main NIC is set. Null, everywhere here, leaves what the driver chose.</summary>
public sealed record NicLayoutSpec
{
    /// <summary>Combined RX/TX queues ("channels"); 1 on a NIC that has but one.</summary>
    public int? Queues { get; init; }

    /// <summary>Descriptors of each RX ring.</summary>
    public int? RxRing { get; init; }

    /// <summary>Descriptors of each TX ring.</summary>
    public int? TxRing { get; init; }

    /// <summary>Offloads by the kernel's names (ethtool -k), such as <c>rx-gro-hw</c>.</summary>
    public IReadOnlyDictionary<string, bool> Features { get; init; } = new Dictionary<string, bool>();

    /// <summary>Packets are processed by threads that can be pinned, instead of in interrupt context.</summary>
    public bool NapiThreads { get; init; }
}

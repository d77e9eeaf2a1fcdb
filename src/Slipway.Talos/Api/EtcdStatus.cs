namespace Slipway.Talos.Api;

/// <summary>What etcd says of itself on one node. Ids are hexadecimal.</summary>
public sealed record EtcdStatus
{
    public required string MemberId { get; init; }

    /// <summary>Null while there is no leader.</summary>
    public string? LeaderId { get; init; }

    public required long DatabaseBytes { get; init; }

    public required long DatabaseBytesInUse { get; init; }

    public required ulong RaftIndex { get; init; }

    public required ulong RaftAppliedIndex { get; init; }

    public required bool IsLearner { get; init; }

    public IReadOnlyList<string> Errors { get; init; } = [];
}

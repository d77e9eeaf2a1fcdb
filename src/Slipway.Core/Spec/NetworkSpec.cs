namespace Slipway.Core.Spec;

/// <summary>Address ranges, each in CIDR form with the host bits zero.</summary>
public sealed record NetworkSpec
{
    public required IReadOnlyList<string> PodCidrs { get; init; }

    public required IReadOnlyList<string> ServiceCidrs { get; init; }

    /// <summary>Where operators sit. No policy or filter may ever cut these off; empty draws a warning.</summary>
    public IReadOnlyList<string> OperatorCidrs { get; init; } = [];

    public string DnsDomain { get; init; } = "cluster.local";

    /// <summary>MTU of the nodes' network, 9000 unless the spec says otherwise.</summary>
    public int Mtu { get; init; } = 9000;
}

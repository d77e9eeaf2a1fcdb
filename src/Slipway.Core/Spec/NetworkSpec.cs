namespace Slipway.Core.Spec;

/// <summary>Address ranges, each in CIDR form with the host bits zero.</summary>
public sealed record NetworkSpec
{
    /// <summary>What Talos' own generator writes for pods (its constants, DefaultIPv4PodNet).</summary>
    public const string DefaultPodCidr = "10.244.0.0/16";

    /// <summary>What Talos' own generator writes for services (DefaultIPv4ServiceNet).</summary>
    public const string DefaultServiceCidr = "10.96.0.0/12";

    public required IReadOnlyList<string> PodCidrs { get; init; }

    public required IReadOnlyList<string> ServiceCidrs { get; init; }

    /// <summary>Where operators sit. No policy or filter may ever cut these off; empty draws a warning.</summary>
    public IReadOnlyList<string> OperatorCidrs { get; init; } = [];

    public string DnsDomain { get; init; } = "cluster.local";

    /// <summary>MTU of the nodes' network, 9000 unless the spec says otherwise.</summary>
    public int Mtu { get; init; } = 9000;
}

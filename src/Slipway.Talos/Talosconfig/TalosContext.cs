using Slipway.Core.Secrets;

namespace Slipway.Talos.Talosconfig;

/// <summary>One cluster as a talosconfig knows it (Talos: pkg/machinery/client/config/config.go).</summary>
public sealed record TalosContext
{
    /// <summary>Addresses that are dialled: control planes, or a load balancer before them.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Nodes that calls are for when a command names none; the endpoints pass the calls on.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>PEM of the Talos API CA, or null for a public one.</summary>
    public string? Ca { get; init; }

    /// <summary>PEM of the client certificate and its key, Ed25519 as a rule; null where another way of signing in is used.</summary>
    public PemPair? Client { get; init; }

    /// <summary>Omni: the cluster's name there.</summary>
    public string? Cluster { get; init; }

    /// <summary>Omni: who signs in.</summary>
    public string? SideroIdentity { get; init; }

    public string? BasicUser { get; init; }

    public Sensitive? BasicPassword { get; init; }

    /// <summary>Since 1.14; <c>direct</c> for none.</summary>
    public string? ProxyUrl { get; init; }
}

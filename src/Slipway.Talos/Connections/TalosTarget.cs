namespace Slipway.Talos.Connections;

/// <summary>Where a call goes.</summary>
public sealed record TalosTarget
{
    /// <summary>Talos' apid.</summary>
    public const int DefaultPort = 50000;

    /// <summary>The node's name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>IP address or DNS name that is dialled: the endpoint in talosctl's words.</summary>
    public required string Host { get; init; }

    public int Port { get; init; } = DefaultPort;

    /// <summary>
    /// The node that shall answer when it is not the endpoint itself: address or name, without a port. Only control planes
    /// pass calls on. Sent as metadata <c>node</c>; the older <c>nodes</c> hides errors in good answers and is never sent.
    /// </summary>
    public string? Node { get; init; }

    public override string ToString()
    {
        var address = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host.Trim('[', ']')}]:{Port}" : $"{Host}:{Port}";
        return Node is null ? $"{Name} ({address})" : $"{Name} ({Node} through {address})";
    }
}

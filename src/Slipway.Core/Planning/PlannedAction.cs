using Slipway.Core.MachineConfig;

namespace Slipway.Core.Planning;

/// <summary>What an action costs the node it falls on.</summary>
public enum ActionCost
{
    /// <summary>Takes effect while everything runs.</summary>
    Live,

    Reboot,

    /// <summary>The node is in maintenance mode: Talos is written to its disk.</summary>
    Install,

    Upgrade,
}

public enum ActionKind
{
    Create,
    Update,
    Delete,

    /// <summary>Something that is done rather than made: bootstrap, reboot.</summary>
    Execute,
}

/// <summary>One effect that a run would have. A value: printable, comparable, free of secrets.</summary>
public sealed record PlannedAction
{
    /// <summary>The phase that does it.</summary>
    public required string Phase { get; init; }

    /// <summary>What it falls on: a node's name, <c>etcd</c>, <c>release/cilium</c>, <c>CiliumNetworkPolicy/ns/name</c>.</summary>
    public required string Target { get; init; }

    public required ActionKind Kind { get; init; }

    public required ActionCost Cost { get; init; }

    /// <summary>One line for an operator.</summary>
    public required string Summary { get; init; }

    public IReadOnlyList<ConfigChange> Changes { get; init; } = [];

    /// <summary>Set when a running node's network is changed.</summary>
    public NetworkTrial? Trial { get; init; }
}

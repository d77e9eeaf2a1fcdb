using Slipway.Core.Spec;
using Slipway.Engine.Running;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>Which cluster a command is about, and how it is to work on it.</summary>
internal sealed record WorkspaceRequest
{
    /// <summary>cluster.yaml as the user named it, for findings.</summary>
    public required string File { get; init; }

    public required string Text { get; init; }

    /// <summary>What <see cref="Text"/> says, where somebody has read it already.</summary>
    public SpecResult? Read { get; init; }

    /// <summary>The folder that relative paths in the spec start from.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder under which each cluster has one of its own.</summary>
    public required string StateFolder { get; init; }

    public RunOptions Options { get; init; } = new();

    /// <summary>Bent in a rehearsal.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Lets a rehearsal place the spec's nodes on this machine.</summary>
    public Func<ClusterSpec, ClusterSpec> Place { get; init; } = spec => spec;

    /// <summary>Set in a rehearsal: this clock stands still while anybody outside of the run works for it.</summary>
    public VirtualClock? Held { get; init; }
}

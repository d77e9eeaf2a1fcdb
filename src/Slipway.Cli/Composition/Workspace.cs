using Slipway.Core.Diagnostics;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;

namespace Slipway.Cli.Composition;

/// <summary>One cluster as a command works on it: what it should be, where its state lies, and the ways to reach it.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    public required DesiredState Desired { get; init; }

    public required Engine.Journaling.StateFolder Folder { get; init; }

    public required ITalosFleet Fleet { get; init; }

    public required IClusterConnector Clusters { get; init; }

    public required IHelm Helm { get; init; }

    public required TimeProvider Time { get; init; }

    public required RunOptions Options { get; set; }

    /// <summary>What is not an error in the files that were read.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    /// <summary>Every secret that the process knows, for the redaction of whatever it prints.</summary>
    public required IReadOnlyList<Sensitive> Secrets { get; init; }

    public ClusterSpec Spec => Desired.Spec;

    public RunContext Context(IJournal journal, IReporter reporter) => new()
    {
        Desired = Desired,
        Ports = new RunPorts { Fleet = Fleet, Clusters = Clusters, Helm = Helm, Reporter = reporter, Time = Time },
        Options = Options,
        Folder = Folder,
        Journal = journal,
    };

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();
}

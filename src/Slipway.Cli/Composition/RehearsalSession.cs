using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Spec;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>Machines inside this process, and the workspace of the cluster that they are to become.</summary>
internal sealed class RehearsalSession : IAsyncDisposable
{
    private readonly VirtualClock _clock;

    private RehearsalSession(VirtualClock clock, RehearsalHost host, Workspace workspace, string folder) =>
        (_clock, Host, Workspace, Folder) = (clock, host, workspace, folder);

    public RehearsalHost Host { get; }

    public Workspace Workspace { get; }

    /// <summary>Holds cluster.yaml and all that the run leaves.</summary>
    public string Folder { get; }

    /// <param name="folder">Exists and is empty.</param>
    /// <param name="own">The user's spec, or null for one of the machines' own.</param>
    /// <param name="chart">Takes the place of the spec's chart.</param>
    public static async Task<RehearsalSession> StartAsync(
        RehearsalOptions options, string folder, WorkspaceRequest? own, ChartSource? chart, CancellationToken cancellationToken)
    {
        RehearsalHost? host = null;
        try
        {
            var spec = own?.File ?? Path.Combine(folder, GlobalOptions.DefaultFile);
            host = await RehearsalHost.StartAsync(options with { Factory = SpecSchematics.In(spec), Installers = SpecInstallers.In(spec) }, cancellationToken);
            var (machines, time) = (host, options.Time);
            var request = own ?? await WriteSpecAsync(host, folder, cancellationToken);
            var workspace = WorkspaceLoader.Load(request with
            {
                Place = spec => WithChart(own is null ? spec : SpecPlacement.Place(spec, machines, folder), chart),
                StateFolder = Path.Combine(folder, ".slipway"),
                Time = time,
                Held = time,
            });
            return new RehearsalSession(options.Time, host, workspace, folder);
        }
        catch (Exception error)
        {
            await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
            options.Time.Dispose();
            if (error is ArgumentException)
            {
                throw new BadInputException([new Diagnostic { Severity = Severity.Error, File = "rehearse", Line = 0, Column = 0, Message = error.Message }]);
            }

            throw;
        }
    }

    private static async Task<WorkspaceRequest> WriteSpecAsync(RehearsalHost host, string folder, CancellationToken cancellationToken)
    {
        var (path, text) = (Path.Combine(folder, GlobalOptions.DefaultFile), host.ClusterYaml());
        await File.WriteAllTextAsync(path, text, cancellationToken);
        return new WorkspaceRequest { File = path, Text = text, Folder = folder, StateFolder = folder };
    }

    private static ClusterSpec WithChart(ClusterSpec spec, ChartSource? chart) =>
        chart is null ? spec : spec with { Cilium = spec.Cilium with { Chart = chart } };

    public async ValueTask DisposeAsync()
    {
        await Workspace.DisposeAsync();
        await Host.DisposeAsync();
        _clock.Dispose();
    }
}

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

    public string SpecPath => Path.Combine(Folder, GlobalOptions.DefaultFile);

    /// <param name="folder">Exists, and is empty or a former rehearsal's.</param>
    /// <param name="adapt">Works the user's wishes into the spec of the machines.</param>
    public static async Task<RehearsalSession> StartAsync(
        RehearsalOptions options, string folder, Func<ClusterSpec, ClusterSpec> adapt, CancellationToken cancellationToken)
    {
        RehearsalHost? host = null;
        try
        {
            host = await RehearsalHost.StartAsync(options, cancellationToken);
            var path = Path.Combine(folder, GlobalOptions.DefaultFile);
            var text = host.ClusterYaml();
            await File.WriteAllTextAsync(path, text, cancellationToken);
            var workspace = WorkspaceLoader.Load(new WorkspaceRequest
            {
                File = path,
                Text = text,
                Folder = folder,
                Place = adapt,
                StateFolder = Path.Combine(folder, ".slipway"),
                Time = options.Time,
                Around = helm => new BusyHelm(helm, options.Time),
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

    public async ValueTask DisposeAsync()
    {
        await Workspace.DisposeAsync();
        await Host.DisposeAsync();
        _clock.Dispose();
    }
}

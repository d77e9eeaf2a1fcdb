using System.CommandLine;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Engine.Journaling;
using Slipway.Engine.Running;

namespace Slipway.Cli.Commands;

/// <summary>Looks at the whole cluster once, changes nothing, and tells one side of what it saw.</summary>
internal abstract class LookCommand : SlipwayCommand
{
    private readonly Option<bool> _detailed;

    protected LookCommand(string name, string description, string detailed)
        : base(name, description)
    {
        _detailed = new Option<bool>("--detailed-exitcode") { Description = detailed };
        Options.Add(_detailed);
    }

    public sealed override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        TalosconfigWarnings.Tell(context, workspace);
        var run = workspace.Context(new NoEffects(workspace.Folder.Path), new Reporting.NoReporter());
        var asWanted = Tell(context, await ClusterStatus.LookAsync(run, cancellationToken));
        return context.Get(_detailed) && !asWanted ? ExitCodes.ChangesPending : ExitCodes.Ok;
    }

    /// <returns>Whether there is nothing that --detailed-exitcode should report.</returns>
    protected abstract bool Tell(CommandContext context, ClusterStatus seen);
}

using System.CommandLine;

namespace Slipway.Cli.Commands;

/// <summary>One command: its name, options and examples, and what it does.</summary>
internal abstract class SlipwayCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines that --help shows, each with what it is for.</summary>
    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>Does it and returns one of <see cref="ExitCodes"/>; failures are exceptions, told in one place.</summary>
    public abstract Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken);
}

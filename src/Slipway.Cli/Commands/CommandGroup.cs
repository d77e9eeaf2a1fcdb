using System.CommandLine;

namespace Slipway.Cli.Commands;

/// <summary>A word that only gathers commands; by itself it shows its help.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string description, params SlipwayCommand[] commands)
        : base(name, description)
    {
        foreach (var command in commands)
        {
            Subcommands.Add(command);
        }
    }
}

using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Slipway.Cli.Commands;
using Slipway.Cli.Completion;
using Slipway.Cli.Failures;
using Slipway.Cli.Output;

namespace Slipway.Cli;

/// <summary>Parses a command line, runs its command, and turns whatever comes of it into an exit code.</summary>
internal sealed class CliApplication(CliEnvironment environment)
{
    /// <summary>How long a command may take to stop cleanly after Ctrl-C or SIGTERM.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly GlobalOptions _globals = new();

    public RootCommand Root { get; } = CommandTree.Build();

    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken = default)
    {
        Prepare();
        // A patch is given as @file: the parser must not take the sign for a response file of its own.
        var parsed = Root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            using var output = new CliOutput(environment, GlobalSettings.FromBroken(args, environment), new Redactor());
            return FailureReport.OfUsage(parsed).Tell(output);
        }

        var invocation = new InvocationConfiguration
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopTimeout,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    private void Prepare()
    {
        _globals.AddTo(Root);
        var help = Root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        Bind(Root, help.Action);
        var suggest = Root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new SuggestAction((SynchronousCommandLineAction)suggest.Action!);
    }

    private void Bind(Command command, CommandLineAction help)
    {
        switch (command)
        {
            case SlipwayCommand own:
                own.SetAction((parsed, cancellationToken) => RunAsync(own, parsed, cancellationToken));
                break;
            default:
                command.SetAction(parsed => ((SynchronousCommandLineAction)help).Invoke(parsed));
                break;
        }

        foreach (var subcommand in command.Subcommands)
        {
            Bind(subcommand, help);
        }
    }

    private async Task<int> RunAsync(SlipwayCommand command, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = GlobalSettings.From(parsed, _globals, environment);
        using var output = new CliOutput(environment, settings, new Redactor());
        var context = new CommandContext(parsed, settings, output, environment);
        try
        {
            return await command.ExecuteAsync(context, cancellationToken);
        }
#pragma warning disable CA1031 // The last catch of the process: an operator gets one line and a log, not a crash.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return FailureReport.Of(error, context, cancellationToken).Tell(output);
        }
    }
}

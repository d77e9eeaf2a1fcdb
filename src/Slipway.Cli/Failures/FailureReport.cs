using System.CommandLine;
using Slipway.Cli.Commands;
using Slipway.Cli.Output;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Spectre.Console;

namespace Slipway.Cli.Failures;

/// <summary>What is told when a command fails: lines for people, and the same as a document for programs.</summary>
internal sealed record FailureReport
{
    public required FailureReason Reason { get; init; }

    public required int ExitCode { get; init; }

    public required string Message { get; init; }

    public string? Node { get; init; }

    public string? Phase { get; init; }

    public string? Expected { get; init; }

    public string? Found { get; init; }

    public string? Hint { get; init; }

    public IReadOnlyList<Diagnostic> Findings { get; init; } = [];

    /// <summary>Where the whole story of an unexpected error lies.</summary>
    public string? LogFile { get; init; }

    public static FailureReport OfUsage(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var message = parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        var path = CommandPath(parsed);
        return new FailureReport
        {
            Reason = FailureReason.BadInput,
            ExitCode = ExitCodes.BadInput,
            Message = message,
            Hint = Spelling.Suggest(parsed.UnmatchedTokens, command) is { } nearest ? $"did you mean '{nearest}'?" : $"'{path} --help' shows what can be given",
        };
    }

    public static FailureReport Of(Exception error, CommandContext context, CancellationToken cancellationToken) => error switch
    {
        BadInputException bad => new FailureReport
        {
            Reason = FailureReason.BadInput,
            ExitCode = ExitCodes.BadInput,
            Message = bad.Diagnostics.Count(finding => finding.Severity == Severity.Error) is 1 and var one ? $"{one} error" : $"{bad.Diagnostics.Count(finding => finding.Severity == Severity.Error)} errors",
            Findings = bad.Diagnostics,
        },
        OperationCanceledException when cancellationToken.IsCancellationRequested => Interrupted(),
        SlipwayException when cancellationToken.IsCancellationRequested => Interrupted(),
        SlipwayException known => new FailureReport
        {
            Reason = known.Reason,
            ExitCode = ExitCodes.For(known.Reason),
            Message = known.Message,
            Node = known.Node,
            Phase = known.Phase,
            Expected = known.Expected,
            Found = known.Found,
            Hint = known.Hint,
        },
        _ => Unexpected(error, context),
    };

    /// <summary>Prints it, and returns the exit code.</summary>
    public int Tell(CliOutput output)
    {
        if (output.Settings.Format != OutputFormat.Table)
        {
            output.Document(Json.Document("Failure", this));
        }

        DiagnosticsView.Write(output, Findings);
        var where = (Node, Phase) switch
        {
            (null, null) => "",
            ({ } node, null) => $"{node}: ",
            (null, { } phase) => $"phase {phase}: ",
            var (node, phase) => $"{node}, phase {phase}: ",
        };
        output.Note($"[red]error:[/] {where}{Message}");
        Detail("expected", Expected);
        Detail("found", Found);
        Detail("log", LogFile);
        if (Hint is not null)
        {
            output.Hint(Hint);
        }

        return ExitCode;

        void Detail(string label, string? text)
        {
            if (text is not null)
            {
                output.Note($"  {label,-9} {text}");
            }
        }
    }

    private static FailureReport Interrupted() => new()
    {
        Reason = FailureReason.Interrupted,
        ExitCode = ExitCodes.Interrupted,
        Message = "interrupted; what was done so far is kept",
        Hint = "run the same command again to go on",
    };

    private static FailureReport Unexpected(Exception error, CommandContext context)
    {
        if (context.Settings.Verbose)
        {
            context.Output.Notes.WriteLine(error.ToString(), Style.Plain);
        }

        return new FailureReport
        {
            Reason = FailureReason.Unknown,
            ExitCode = ExitCodes.Failure,
            Message = $"unexpected: {error.Message.ReplaceLineEndings(" ")} ({error.GetType().Name})",
            LogFile = CrashLog.Write(error, context),
            Hint = context.Settings.Verbose ? null : "this is a defect in Slipway; -v shows more, and the log has it all",
        };
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Command is RootCommand ? "slipway" : result.Command.Name);
        }

        return string.Join(' ', names);
    }
}

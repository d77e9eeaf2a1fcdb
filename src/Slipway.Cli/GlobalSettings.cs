using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Reporting;

namespace Slipway.Cli;

/// <summary>The values of the global options for one invocation, with variables of the environment worked in.</summary>
internal sealed record GlobalSettings
{
    /// <summary>As the user wrote it, so that findings repeat it; null when it was not given.</summary>
    public string? File { get; init; }

    public OutputFormat Format { get; init; } = OutputFormat.Table;

    public ProgressMode Progress { get; init; } = ProgressMode.Auto;

    public bool Color { get; init; } = true;

    /// <summary>As given by flag or variable; null leaves it to the command.</summary>
    public string? StateFolder { get; init; }

    public bool Verbose { get; init; }

    public bool Yes { get; init; }

    public static GlobalSettings From(ParseResult parsed, GlobalOptions options, CliEnvironment environment) => new()
    {
        File = parsed.GetValue(options.File),
        Format = parsed.GetValue(options.Output),
        Progress = parsed.GetValue(options.Progress),
        Color = Colored(parsed, options, environment),
        StateFolder = parsed.GetValue(options.StateFolder) ?? NotEmpty(environment.Variable("SLIPWAY_STATE_DIR")),
        Verbose = parsed.GetValue(options.Verbose),
        Yes = parsed.GetValue(options.Yes),
    };

    /// <summary>What can be known of a command line that does not parse: how to print the complaint.</summary>
    public static GlobalSettings FromBroken(IReadOnlyList<string> args, CliEnvironment environment)
    {
        var joined = string.Join(' ', args).Replace("--output", "-o", StringComparison.Ordinal).Replace("-o=", "-o ", StringComparison.Ordinal);
        return new GlobalSettings
        {
            Format = joined.Contains("-o json", StringComparison.Ordinal) ? OutputFormat.Json
                : joined.Contains("-o yaml", StringComparison.Ordinal) ? OutputFormat.Yaml
                : OutputFormat.Table,
            Color = !args.Contains("--no-color") && NotEmpty(environment.Variable("NO_COLOR")) is null,
        };
    }

    // https://no-color.org: present and not empty, whatever its value.
    private static bool Colored(ParseResult parsed, GlobalOptions options, CliEnvironment environment) =>
        !parsed.GetValue(options.NoColor) && NotEmpty(environment.Variable("NO_COLOR")) is null;

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

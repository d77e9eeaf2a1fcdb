using System.CommandLine;
using Slipway.Cli.Output;

namespace Slipway.Cli.Commands;

/// <summary>What one invocation of a command works with.</summary>
internal sealed record CommandContext(ParseResult Parsed, GlobalSettings Settings, CliOutput Output, CliEnvironment Environment)
{
    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => Parsed.GetValue(argument);

    /// <summary>An absolute path for what the user wrote relative to where they stand.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Environment.WorkingFolder);
}

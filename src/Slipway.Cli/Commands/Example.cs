namespace Slipway.Cli.Commands;

/// <param name="Line">A command line that works as it stands.</param>
internal sealed record Example(string Line, string Purpose);

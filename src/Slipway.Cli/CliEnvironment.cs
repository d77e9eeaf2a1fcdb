namespace Slipway.Cli;

/// <summary>What the process was started in; a value, so that tests run whole commands in memory.</summary>
internal sealed record CliEnvironment
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Standard output is a terminal that understands cursor movement.</summary>
    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>A person can be asked: standard input is a terminal.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Columns and rows of the terminal.</summary>
    public (int Width, int Height) Size { get; init; } = (80, 24);

    public required Func<string, string?> Variable { get; init; }

    public required string WorkingFolder { get; init; }

    public required TimeProvider Time { get; init; }

    public static CliEnvironment OfProcess()
    {
        var ansi = Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new CliEnvironment
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            OutIsTerminal = ansi && !Console.IsOutputRedirected,
            ErrorIsTerminal = ansi && !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Size = TerminalSize(),
            Variable = Environment.GetEnvironmentVariable,
            WorkingFolder = Environment.CurrentDirectory,
            Time = TimeProvider.System,
        };
    }

    private static (int Width, int Height) TerminalSize()
    {
        try
        {
            return (Math.Max(Console.WindowWidth, 40), Math.Max(Console.WindowHeight, 10));
        }
        catch (IOException)
        {
            return (80, 24);
        }
    }
}

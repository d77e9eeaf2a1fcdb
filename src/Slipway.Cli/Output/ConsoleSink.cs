using System.Text;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>Tells Spectre what we know of a stream: it only recognises the process' own writers by itself.</summary>
internal sealed class ConsoleSink(TextWriter writer, bool isTerminal, int width, int height) : IAnsiConsoleOutput
{
    public TextWriter Writer { get; } = writer;

    public bool IsTerminal { get; } = isTerminal;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public void SetEncoding(Encoding encoding)
    {
        // The writers are UTF-8 already, and not ours to change.
    }
}

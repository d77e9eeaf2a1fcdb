using System.Text.Json.Nodes;
using Slipway.Core.Secrets;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>
/// The only way to the user. Results go to standard output in the form that was asked for; everything that is meant for
/// people (progress, notes, errors) goes to standard error, so that a pipe gets data and nothing else.
/// </summary>
internal sealed class CliOutput : IDisposable
{
    // Spectre breaks lines at the width of its console; a line of ours is the reader's to wrap.
    private const int Unbroken = 100_000;

    private readonly RedactingWriter _out;
    private readonly RedactingWriter _error;

    public CliOutput(CliEnvironment environment, GlobalSettings settings, Redactor redactor)
    {
        Settings = settings;
        Redactor = redactor;
        _out = new RedactingWriter(environment.Out, redactor);
        _error = new RedactingWriter(environment.Error, redactor);
        Result = Console(_out, environment.OutIsTerminal, Unbroken);
        Notes = Console(_error, environment.ErrorIsTerminal, Unbroken);
        Screen = Console(_error, environment.ErrorIsTerminal, environment.Size.Width);

        IAnsiConsole Console(TextWriter writer, bool terminal, int width) => AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal && settings.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new ConsoleSink(writer, terminal, width, environment.Size.Height),
            // Spectre would look at CI variables and the like; we were told what there is.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }

    public GlobalSettings Settings { get; }

    public Redactor Redactor { get; }

    /// <summary>Standard output, for tables and lines of a result.</summary>
    public IAnsiConsole Result { get; }

    /// <summary>Standard error, one line at a time.</summary>
    public IAnsiConsole Notes { get; }

    /// <summary>Standard error as a screen of known width, for the live view.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>Standard output for one JSON value a line.</summary>
    public TextWriter Stream => _out;

    /// <summary>Tells the result once: as a table by <paramref name="table"/>, or as a document with <paramref name="kind"/>.</summary>
    public void Tell<T>(string kind, T payload, Action<IAnsiConsole> table)
    {
        if (Settings.Format == OutputFormat.Table)
        {
            table(Result);
            _out.Flush();
        }
        else
        {
            Document(Json.Document(kind, payload));
        }
    }

    /// <summary>A document in JSON or YAML, whatever the format says otherwise of tables.</summary>
    public void Document(JsonObject document)
    {
        _out.Write(Render(document));
        _out.Flush();
    }

    /// <summary>The text of a document, for a caller that has to say how it is printed.</summary>
    public string Render(JsonObject document)
    {
        var line = Settings.Progress == Reporting.ProgressMode.Json;
        return Settings.Format == OutputFormat.Yaml ? JsonToYaml.Convert(document) : document.ToJsonString(line ? Json.Line : Json.Pretty) + "\n";
    }

    /// <summary>Text that is itself the result, such as a schema or a script.</summary>
    public void Text(string text)
    {
        _out.Write(text.EndsWith('\n') ? text : text + "\n");
        _out.Flush();
    }

    /// <summary>A result that holds secrets, which the user asked for on standard output.</summary>
    public void Reveal(Sensitive text) => _out.WriteRevealed(text.Reveal().EndsWith('\n') ? text.Reveal() : text.Reveal() + "\n");

    /// <summary>One line for people.</summary>
    public void Note(FormattableString markup)
    {
        Notes.MarkupLineInterpolated(markup);
        _error.Flush();
    }

    public void Warn(string text) => Note($"[yellow]warning:[/] {text}");

    public void Hint(string text) => Note($"[grey]hint:[/] {text}");

    public void Dispose()
    {
        _out.Flush();
        _error.Flush();
    }
}

namespace Slipway.Cli.Reporting;

internal enum ProgressMode
{
    /// <summary>A live view on a terminal, else plain lines.</summary>
    Auto,
    Plain,

    /// <summary>One JSON object a line on standard output.</summary>
    Json,
    None,
}

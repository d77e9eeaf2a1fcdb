namespace Slipway.Cli.Output;

internal enum OutputFormat
{
    Table,
    Json,
    Yaml,
}

using Slipway.Core.Diagnostics;

namespace Slipway.Cli.Output;

/// <summary>Findings, one a line, in the form that editors jump to.</summary>
internal static class DiagnosticsView
{
    public static void Write(CliOutput output, IEnumerable<Diagnostic> findings)
    {
        foreach (var finding in findings)
        {
            // One line each, whatever a parser put into its message.
            var line = finding.ToString().ReplaceLineEndings(" ");
            if (finding.Severity == Severity.Error)
            {
                output.Note($"[red]{line}[/]");
            }
            else
            {
                output.Note($"[yellow]{line}[/]");
            }
        }
    }
}

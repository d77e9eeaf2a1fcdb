using System.Globalization;
using System.Text;
using Slipway.Cli.Commands;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Engine.Files;

namespace Slipway.Cli.Failures;

/// <summary>Keeps the stack trace of an unexpected error in a file of mode 0600.</summary>
internal static class CrashLog
{
    /// <summary>The file's path, or null when no place would take it.</summary>
    public static string? Write(Exception error, CommandContext context)
    {
        var time = context.Environment.Time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"crash-{time:yyyyMMdd-HHmmss}-{Environment.ProcessId}.log");
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"slipway {BuildInfo.Version} {time:O}")
            .AppendLine(string.Join(' ', context.Parsed.Tokens.Select(token => token.Value)))
            .AppendLine(error.ToString())
            .ToString();
        foreach (var folder in (string[])[Path.Combine(StateFolders.Of(context).Path, "logs"), Path.Combine(Path.GetTempPath(), "slipway")])
        {
            try
            {
                var path = Path.Combine(folder, name);
                SecretFiles.Replace(path, new Sensitive(context.Output.Redactor.Redact(text)));
                return path;
            }
            catch (Exception failure) when (failure is SlipwayException or IOException or UnauthorizedAccessException)
            {
                // A full or read-only state folder must not hide the error itself: the next place, or none.
            }
        }

        return null;
    }
}

using Slipway.Cli.Commands;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;

namespace Slipway.Cli.Input;

/// <summary>Reads what the user named on the command line; what cannot be read is a finding about that name.</summary>
internal static class TextFiles
{
    public const string StandardInput = "-";

    /// <summary>Nothing that Slipway reads comes near it; a device or a mistaken image must not fill the memory.</summary>
    private const long Largest = 64 * 1024 * 1024;

    /// <exception cref="BadInputException">It is not there, not a file, too large or not readable.</exception>
    public static async Task<string> ReadAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        if (name == StandardInput)
        {
            return await context.Environment.In.ReadToEndAsync(cancellationToken);
        }

        var path = context.FullPath(name);
        try
        {
            if (Directory.Exists(path))
            {
                throw Bad(name, "this is a folder", "a file");
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (!file.CanSeek || file.Length > Largest)
            {
                throw Bad(name, file.CanSeek ? $"the file has {file.Length:N0} bytes" : "this is not a regular file", $"a text file of at most {Largest:N0} bytes");
            }

            using var reader = new StreamReader(file);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Bad(name, "there is no such file", null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Bad(name, $"cannot be read: {error.Message}", null);
        }
    }

    public static BadInputException Bad(string name, string message, string? expected, string? hint = null) => new(
    [
        new Diagnostic { Severity = Severity.Error, File = name, Line = 0, Column = 0, Message = message, Expected = expected, Hint = hint },
    ]);
}

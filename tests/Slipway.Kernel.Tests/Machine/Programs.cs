using System.Diagnostics;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>Runs the machine's own programs (ip, bpftool, mount), bounded in time.</summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What it printed.</summary>
    /// <exception cref="InvalidOperationException">It is not there, failed, or did not end.</exception>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        var (code, output, errors) = Try(program, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {errors}{output}");
    }

    public static (int Code, string Output, string Errors) Try(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not end within {Patience.TotalSeconds} s");
        }

        return (process.ExitCode, output.Result, errors.Result);
    }
}

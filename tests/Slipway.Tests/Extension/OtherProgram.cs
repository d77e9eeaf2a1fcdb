using System.Diagnostics;

namespace Slipway.Tests.Extension;

/// <summary>Runs a program that others wrote, to hear what it makes of ours.</summary>
internal static class OtherProgram
{
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
        return await output;
    }
}

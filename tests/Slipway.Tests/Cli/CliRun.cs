using Microsoft.Extensions.Time.Testing;
using Slipway.Cli;

namespace Slipway.Tests.Cli;

/// <summary>Runs a whole command line in memory and keeps what it wrote.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static Task<CliRun> Of(params string[] args) => Of(new Dictionary<string, string>(), Path.GetTempPath(), "", args);

    public static Task<CliRun> Of(IReadOnlyDictionary<string, string> variables, string folder, string input, params string[] args) =>
        Of(new FakeTimeProvider(), variables, folder, input, args);

    /// <summary>In a folder, at a time: certificates are made and judged by it.</summary>
    public static Task<CliRun> At(TimeProvider time, string folder, params string[] args) => Of(time, new Dictionary<string, string>(), folder, "", args);

    public static async Task<CliRun> Of(TimeProvider time, IReadOnlyDictionary<string, string> variables, string folder, string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stdin = new StringReader(input);
        var environment = new CliEnvironment
        {
            In = stdin,
            Out = output,
            Error = error,
            Variable = name => variables.GetValueOrDefault(name),
            WorkingFolder = folder,
            Time = time,
        };
        var code = await new CliApplication(environment).RunAsync(args, TestContext.Current.CancellationToken);
        return new CliRun(code, output.ToString(), error.ToString());
    }
}

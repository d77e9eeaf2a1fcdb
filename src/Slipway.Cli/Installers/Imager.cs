using System.ComponentModel;
using CliWrap;
using Slipway.Core.Failures;
using Slipway.Core.Versions;
using Slipway.Kubernetes;

namespace Slipway.Cli.Installers;

/// <summary>Talos' imager: a program of that name, or its image by a container engine.</summary>
/// <param name="Program">Absolute path.</param>
internal sealed record Imager(string Program)
{
    public const string Variable = "SLIPWAY_IMAGER";

    private static readonly string[] s_engines = ["docker", "podman"];

    private bool IsEngine => s_engines.Contains(Path.GetFileName(Program));

    /// <param name="given">By the user; null looks into <see cref="Variable"/> and along the PATH.</param>
    /// <returns>Null when there is none.</returns>
    public static Imager? Find(string? given, Func<string, string?> environment) =>
        given is not null ? new Imager(given)
        : s_engines.Prepend("imager").Select(name => ToolLocator.Find(name, Variable, environment, AppContext.BaseDirectory)).OfType<string>().FirstOrDefault() is { } found ? new Imager(found)
        : null;

    /// <summary>How the imager sees a layout folder of this machine.</summary>
    public string Seen(string folder, int number) => IsEngine ? $"/extension{number}" : folder;

    /// <param name="output">A folder of this machine.</param>
    /// <param name="folders">Layouts, in the order of their numbers.</param>
    public IReadOnlyList<string> Arguments(ReleaseVersion talos, string output, IReadOnlyList<string> folders) => IsEngine
        ? ["run", "--rm", "-i", "-v", $"{output}:/out", .. folders.SelectMany((folder, number) => new[] { "-v", $"{folder}:/extension{number}:ro" }), $"ghcr.io/siderolabs/imager:{talos}", "-"]
        : ["-", "--output", output];

    /// <param name="profile">What it reads.</param>
    /// <param name="line">Is told each line that it prints.</param>
    /// <exception cref="SlipwayException">It cannot be run, or ended with another code than 0.</exception>
    public async Task RunAsync(IReadOnlyList<string> arguments, string profile, Action<string> line, CancellationToken cancellationToken)
    {
        var last = "";
        var pipe = PipeTarget.ToDelegate(text =>
        {
            last = text.Trim() is { Length: > 0 } said ? said : last;
            line(text);
        });
        try
        {
            var result = await CliWrap.Cli.Wrap(Program).WithArguments(arguments).WithStandardInputPipe(PipeSource.FromString(profile))
                .WithStandardOutputPipe(pipe).WithStandardErrorPipe(pipe).WithValidation(CommandResultValidation.None).ExecuteAsync(cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new SlipwayException(FailureReason.Rejected, $"{Program} ended with {result.ExitCode}: {last}")
                {
                    Expected = "exit code 0",
                    Found = $"exit code {result.ExitCode}",
                    Hint = "the imager needs the base installer's and the extensions' registry; nothing was changed",
                };
            }
        }
        catch (Win32Exception error)
        {
            throw new SlipwayException(FailureReason.LocalState, $"{Program} cannot be run: {error.Message}", error) { Hint = $"--imager or {Variable} names one that runs here" };
        }
    }
}

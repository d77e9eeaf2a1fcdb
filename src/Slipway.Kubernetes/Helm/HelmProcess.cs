using System.ComponentModel;
using System.Text;
using CliWrap;
using Slipway.Core.Failures;

namespace Slipway.Kubernetes.Helm;

/// <param name="Output">All of stdout.</param>
/// <param name="Errors">All of stderr, secrets taken out.</param>
internal sealed record HelmResult(int ExitCode, string Output, string Errors);

/// <summary>
/// Runs helm with folders of its own: neither the user's repositories, plugins and logins nor HELM_* of the environment have a
/// say, and nothing is left in the user's home.
/// </summary>
internal sealed class HelmProcess(string program, string workFolder, TimeProvider time)
{
    /// <summary>What helm gets, after SIGINT, to mark its release as failed.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(15);

    /// <param name="line">Called for each line of stdout and stderr, redacted.</param>
    /// <exception cref="SlipwayException">There is no program to run (Helm), or it did not end in time (TimedOut).</exception>
    public async Task<HelmResult> RunAsync(IReadOnlyList<string> arguments, HelmSecrets secrets, TimeSpan limit, Action<string>? line, CancellationToken cancellationToken)
    {
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .WithEnvironmentVariables(Environment())
            .WithStandardOutputPipe(Pipe(output))
            .WithStandardErrorPipe(Pipe(errors));
        using var timeout = new CancellationTokenSource(limit, time);
        using var graceful = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var forceful = new CancellationTokenSource();
        // SIGINT first: helm then writes the release down as failed, which the next run can go on from.
        using var escalation = graceful.Token.Register(() => KillLater(forceful));
        try
        {
            var result = await command.ExecuteAsync(forceful.Token, graceful.Token);
            return new HelmResult(result.ExitCode, output.ToString(), secrets.Redact(errors.ToString()).TrimEnd());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SlipwayException(FailureReason.TimedOut, $"helm {arguments[0]} did not end within {limit.TotalSeconds:0} s and was stopped")
            {
                Found = secrets.Redact(errors.ToString()).TrimEnd(),
                Hint = "run again: a release left pending is cleared first",
            };
        }
        catch (OperationCanceledException)
        {
            // CliWrap's own names its inner token; callers look for theirs.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Win32Exception error)
        {
            throw new SlipwayException(FailureReason.Helm, $"{program} cannot be run: {error.Message}", error) { Hint = $"set {HelmLocator.Variable} to a helm that runs here" };
        }

        PipeTarget Pipe(StringBuilder all) => PipeTarget.ToDelegate(text =>
        {
            all.AppendLine(text);
            line?.Invoke(secrets.Redact(text));
        });

        void KillLater(CancellationTokenSource kill)
        {
            try
            {
                kill.CancelAfter(s_grace);
            }
            catch (ObjectDisposedException)
            {
                // helm ended in the same moment.
            }
        }
    }

    private Dictionary<string, string?> Environment()
    {
        var variables = System.Environment.GetEnvironmentVariables().Keys.OfType<string>()
            .Where(name => name.StartsWith("HELM_", StringComparison.Ordinal) || name is "KUBECONFIG" or "XDG_CACHE_HOME" or "XDG_CONFIG_HOME" or "XDG_DATA_HOME")
            .ToDictionary(name => name, string? (_) => null, StringComparer.Ordinal);
        foreach (var kind in (string[])["cache", "config", "data"])
        {
            var folder = Path.Combine(workFolder, "helm", kind);
            Directory.CreateDirectory(folder);
            variables[$"HELM_{kind.ToUpperInvariant()}_HOME"] = folder;
        }

        variables["HOME"] = Path.Combine(workFolder, "helm");
        variables["HELM_PLUGINS"] = Path.Combine(workFolder, "helm", "plugins");
        variables["NO_COLOR"] = "1";
        return variables;
    }
}

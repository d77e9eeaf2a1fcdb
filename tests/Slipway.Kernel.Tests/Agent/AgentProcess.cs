using System.Diagnostics;
using System.Globalization;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>The agent as a process of its own, in a network of the test's.</summary>
internal sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ProcessWords _words;
    private bool _isDisposed;

    public AgentProcess(NetworkNamespace node, IReadOnlyList<string> line)
    {
        var start = new ProcessStartInfo("nsenter", [$"--net={node.Path}", "--", .. line]) { RedirectStandardError = true };
        // Else the runtime opens a socket for debuggers, which is more to clear away after a kill.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = Process.Start(start)!;
        _words = new ProcessWords(_process);
    }

    /// <summary>Program and arguments that every command begins with.</summary>
    public static IReadOnlyList<string> Line { get; } = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "xdp-agent.dll")];

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Said => _words.ToString();

    /// <summary>SIGKILL; gone when this returns.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        WaitForEnd();
    }

    /// <summary>SIGTERM, as Talos ends a service; its exit code.</summary>
    public int Stop()
    {
        Programs.Run("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture));
        return WaitForEnd();
    }

    /// <summary>The exit code.</summary>
    public int WaitForEnd()
    {
        Assert.True(_process.WaitForExit(s_patience), $"the agent does not end; it printed: {Said}");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}

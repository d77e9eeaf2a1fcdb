using System.Diagnostics;
using System.Globalization;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Kernel.Tests.Service;

/// <summary>A container under runc, which is also what runs it on a node.</summary>
internal sealed class RunningService : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _bundle;
    private readonly string _name = $"slipway-test-{Guid.NewGuid():N}";
    private readonly Process _runc;
    private readonly ProcessWords _words;
    private bool _isDisposed;

    /// <param name="bundle">A folder with config.json.</param>
    public RunningService(string bundle)
    {
        _bundle = bundle;
        _runc = Process.Start(new ProcessStartInfo("runc", ["--root", State, "run", "--bundle", bundle, "--pid-file", PidFile, _name]) { RedirectStandardError = true, RedirectStandardInput = true })!;
        _words = new ProcessWords(_runc);
    }

    public string Said => _words.ToString();

    public bool HasEnded => _runc.HasExited;

    private string State => Path.Combine(_bundle, "state");

    private string PidFile => Path.Combine(_bundle, "pid");

    /// <summary>A number of /proc/PID/status; of memory in KiB.</summary>
    public long Status(string key)
    {
        var status = File.ReadLines($"/proc/{File.ReadAllText(PidFile).Trim()}/status");
        var line = status.Single(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Sends TERM or KILL, and gives the exit code that containerd would see.</summary>
    public int End(string signal)
    {
        Programs.Run("runc", "--root", State, "kill", _name, signal);
        Assert.True(_runc.WaitForExit(s_patience), $"the service does not end; it printed: {Said}");
        return _runc.ExitCode;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_runc.HasExited)
        {
            Programs.Try("runc", "--root", State, "kill", _name, "KILL");
            _runc.WaitForExit(s_patience);
        }

        Programs.Try("runc", "--root", State, "delete", "--force", _name);
        _runc.Dispose();
    }
}

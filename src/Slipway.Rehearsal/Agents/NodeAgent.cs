using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Rehearsal.Agents;

/// <summary>
/// A real agent in a network and a mount namespace of its own, with NICs called as the machine's. A shell holds all of it and ends
/// when its input does: so nothing is left over, however the rehearsal ends.
/// </summary>
internal sealed class NodeAgent : IDisposable
{
    private const string StatusFolder = "/run/slipway/xdp";

    /// <summary>$1 is the folder, $2 the NICs; the rest is the agent's line. /sys shows the NICs of the namespace that mounted it.</summary>
    private const string Home = """
        folder=$1; links=$2; shift 2
        mount -t sysfs sysfs /sys
        mount -t tmpfs tmpfs /run
        mkdir -p /run/slipway/xdp
        mount --bind "$folder/run" /run/slipway/xdp
        mount -t bpf bpf "$folder/bpf"
        ip link set lo up
        number=0
        for link in $links; do
          ip link add "$link" type veth peer name "slw-wire$number"
          ip addr add "192.0.2.$((number + 1))/24" dev "$link"
          ip link set "slw-wire$number" up
          ip link set "$link" up
          number=$((number + 1))
        done
        "$@" <&- &
        agent=$!
        read -r ignored || true
        kill -TERM "$agent"
        wait "$agent"
        """;

    /// <summary>For an agent to start, or to take a new configuration, by the clock on the wall.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Process _shell;
    private string? _config;
    private DateTime _configured;

    public NodeAgent(AgentProgram program, string folder, IReadOnlyList<string> links, string? config)
    {
        _folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "run"));
        Directory.CreateDirectory(Path.Combine(folder, "bpf"));
        Configure(config);
        string[] agent = program.Agent.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program.Agent] : [program.Agent];
        var start = new ProcessStartInfo("unshare",
        [
            "--net", "--mount", "sh", "-ec", Home, "agent", folder, string.Join(' ', links),
            .. agent, "run", "--config", ConfigFile, "--object", program.Filter, "--pins", Path.Combine(folder, "bpf", "slipway"), "--state", Path.Combine(folder, "state"),
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        // Else the runtime leaves a socket for debuggers behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _shell = Process.Start(start)!;
        _shell.ErrorDataReceived += (_, _) => { };
        _shell.OutputDataReceived += (_, _) => { };
        _shell.BeginErrorReadLine();
        _shell.BeginOutputReadLine();
    }

    private string ConfigFile => Path.Combine(_folder, "xdp.json");

    /// <summary>Whole and under the same name, as Talos writes it.</summary>
    public void Configure(string? config)
    {
        if (config == _config)
        {
            return;
        }

        _configured = DateTime.UtcNow;
        _config = config;
        if (config is null)
        {
            File.Delete(ConfigFile);
            return;
        }

        File.WriteAllText(ConfigFile + ".new", config);
        File.Move(ConfigFile + ".new", ConfigFile, overwrite: true);
    }

    /// <summary>
    /// A file of the agent's own, once it has had the time that it needs. Its times are told by the rehearsal's clock, which runs
    /// ahead of the agent's; all else is as the agent wrote it.
    /// </summary>
    /// <param name="path">On the node.</param>
    /// <returns>Null when the agent has not written it.</returns>
    public async Task<string?> ReadAsync(string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (!HasSettled() && waited.Elapsed < s_patience && !_shell.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        if (Parse(Path.Combine(_folder, "run", Path.GetFileName(path))) is not { } file)
        {
            return null;
        }

        var ahead = now - DateTimeOffset.UtcNow;
        Shift(file, "writtenAt", ahead);
        Shift(file, "startedAt", ahead);
        Shift(file["config"] as JsonObject, "loadedAt", ahead);
        return file.ToJsonString() + "\n";
    }

    /// <summary>Lets it end, and all that holds it.</summary>
    public void End() => _shell.StandardInput.Close();

    public void Dispose()
    {
        End();
        if (!_shell.WaitForExit(s_patience))
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.Dispose();
    }

    /// <summary>Whether the node serves this path out of the agent's folder.</summary>
    public static bool Owns(string path) => Path.GetDirectoryName(path) == StatusFolder;

    /// <summary>It has written since its configuration is there, and acts by it or says why not.</summary>
    private bool HasSettled()
    {
        if (Parse(Path.Combine(_folder, "run", "status.json")) is not { } status || status["writtenAt"]?.GetValue<DateTimeOffset>().UtcDateTime < _configured)
        {
            return false;
        }

        var wanted = _config is { } text && JsonNode.Parse(text)?["mode"]?.GetValue<string>() is { } mode ? mode : "observe";
        return string.Equals(status["mode"]?.GetValue<string>(), wanted, StringComparison.OrdinalIgnoreCase) || status["config"]?["findings"] is JsonArray { Count: > 0 };
    }

    private static JsonObject? Parse(string path)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject : null;
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            // The agent replaces it under us.
            return null;
        }
    }

    private static void Shift(JsonObject? at, string name, TimeSpan ahead)
    {
        if (at?[name] is { } time)
        {
            at[name] = time.GetValue<DateTimeOffset>() + ahead;
        }
    }
}

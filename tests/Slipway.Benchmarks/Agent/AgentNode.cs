using System.Diagnostics;
using System.Globalization;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Benchmarks.Agent;

/// <summary>A network namespace with one interface, and a BPF file system, that the agent is started in again and again.</summary>
internal sealed class AgentNode : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _agent;
    private readonly string _object;
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-bench-").FullName;
    private readonly string _network = string.Create(CultureInfo.InvariantCulture, $"slipway-bench-{Environment.ProcessId}");

    public AgentNode(string agent, string bpfObject)
    {
        (_agent, _object) = (agent, bpfObject);
        (AgentBytes, ObjectBytes) = (new FileInfo(agent).Length, new FileInfo(bpfObject).Length);
        Directory.CreateDirectory(Bpffs);
        Run("mount", "-t", "bpf", "bpf", Bpffs);
        Run("ip", "netns", "add", _network);
        Run("ip", "-n", _network, "link", "add", "eth0", "type", "veth", "peer", "name", "far0");
        Run("ip", "-n", _network, "addr", "add", "10.77.0.1/24", "dev", "eth0");
        foreach (var nic in (string[])["lo", "eth0", "far0"])
        {
            Run("ip", "-n", _network, "link", "set", nic, "up");
        }

        var answers = Path.Combine(_folder, "answers.json");
        StakeFile.Write(answers, Peers);
        var plain = $$"""
            "interfaces": [{"name": "eth0"}], "status": {"folder": "{{_folder}}/status"}
            """;
        File.WriteAllText(Config, $"{{{plain}}}");
        File.WriteAllText(CrowdedConfig, $$"""{ {{plain}}, "stake": {"file": "{{answers}}", "cache": "{{_folder}}/cache.json"} }""");
    }

    /// <summary>Stakeholders of a crowded start, as many as the main cluster has nodes.</summary>
    public static int Peers => 5000;

    public long AgentBytes { get; }

    public long ObjectBytes { get; }

    private string Bpffs => Path.Combine(_folder, "bpf");

    private string Config => Path.Combine(_folder, "xdp.json");

    private string CrowdedConfig => Path.Combine(_folder, "crowded.json");

    /// <summary>Milliseconds until an agent that only tells its version has ended.</summary>
    public double Version()
    {
        var clock = Stopwatch.StartNew();
        using var process = Start("version");
        process.WaitForExit();
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>Milliseconds until the link is pinned, which is right after the interface has its filter; then everything is as before.</summary>
    /// <param name="settle">Takes the memory after ten seconds.</param>
    /// <param name="crowded">With <see cref="Peers"/> stakeholders to be learnt once it stands.</param>
    public (double Milliseconds, AgentMemory Memory) Attach(bool settle, bool crowded = false)
    {
        var pins = Path.Combine(Bpffs, "slipway");
        if (IsGuarded(pins))
        {
            throw new InvalidOperationException($"'xdp-agent detach' left a link below {pins}, and the next start would find it");
        }

        var clock = Stopwatch.StartNew();
        using var process = Start("run", "--config", crowded ? CrowdedConfig : Config, "--object", _object, "--pins", pins, "--state", Path.Combine(_folder, "state"));
        try
        {
            while (!IsGuarded(pins))
            {
                if (process.HasExited || clock.Elapsed > s_patience)
                {
                    throw new InvalidOperationException($"the agent did not attach: {(process.HasExited ? process.StandardError.ReadToEnd() : "it is silent")}");
                }

                Thread.Sleep(TimeSpan.FromMicroseconds(200));
            }

            var taken = clock.Elapsed.TotalMilliseconds;
            Thread.Sleep(settle ? TimeSpan.FromSeconds(10) : TimeSpan.Zero);
            return (taken, new AgentMemory(Mebibytes(process, "VmRSS"), Mebibytes(process, "VmHWM"), Mebibytes(process, "RssFile")));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
            Run("ip", "netns", "exec", _network, _agent, "detach", "--pins", pins);
        }
    }

    public void Dispose()
    {
        Run("umount", Bpffs);
        Run("ip", "netns", "del", _network);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary><c>ip netns exec</c> becomes the agent, so that its number is the agent's.</summary>
    private Process Start(params IEnumerable<string> line) =>
        Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _network, _agent, .. line]) { RedirectStandardError = true, RedirectStandardOutput = true })!;

    private static bool IsGuarded(string pins) =>
        Directory.Exists(pins) && Directory.EnumerateFiles(pins, "xdp", SearchOption.AllDirectories).Any();

    private static double Mebibytes(Process process, string key)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    private static void Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} did not start");
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {process.StandardError.ReadToEnd()}");
        }
    }
}

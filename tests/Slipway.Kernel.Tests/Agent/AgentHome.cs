using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Status;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>Where an agent lives in a test: a network, a BPF file system and folders that nothing else uses. Agents follow each other in it.</summary>
internal sealed class AgentHome : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Bpffs _bpffs = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-agent-").FullName;
    private readonly List<AgentProcess> _agents = [];

    public AgentHome(NetworkNamespace node)
    {
        Node = node;
        Directory.CreateDirectory(StatusFolder);
    }

    public NetworkNamespace Node { get; }

    public string Config => PathOf("xdp.json");

    public string StatusFolder => PathOf("status");

    public string Pins => Path.Combine(_bpffs.Path, "slipway");

    /// <summary>The line after <c>run</c>.</summary>
    public IReadOnlyList<string> Options => ["--config", Config, "--object", TheFilter.File, "--pins", Pins, "--state", PathOf("state")];

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Writes the configuration as Talos does, whole and under the same name.</summary>
    /// <param name="members">Of the object, after where status and metrics go.</param>
    public void Configure(string members, string metrics = """{"listen": "none"}""")
    {
        File.WriteAllText(Config + ".new", $$"""
            {
              "status": {"folder": "{{StatusFolder}}", "everySeconds": 1}, "metrics": {{metrics}},
              {{members}}
            }
            """);
        File.Move(Config + ".new", Config, overwrite: true);
    }

    /// <param name="before">A program and its arguments that run the agent (strace).</param>
    public AgentProcess Start(params IReadOnlyList<string> before)
    {
        File.Delete(Path.Combine(StatusFolder, "status.json"));
        var agent = new AgentProcess(Node, [.. before, .. AgentProcess.Line, "run", .. Options]);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>Starts an agent and waits until it says that this holds.</summary>
    public AgentProcess StartUntil(Func<AgentStatus, bool> holds)
    {
        var agent = Start();
        Until(holds);
        return agent;
    }

    /// <summary>The status of the agent that was started last; null while there is none.</summary>
    public AgentStatus? Status()
    {
        var path = Path.Combine(StatusFolder, "status.json");
        return File.Exists(path) ? StatusJson.ReadStatus(File.ReadAllBytes(path)) : null;
    }

    /// <summary>Waits until the agent says that something holds, and gives what it says then.</summary>
    public AgentStatus Until(Func<AgentStatus, bool> holds)
    {
        AgentStatus? status = null;
        Assert.True(
            SpinWait.SpinUntil(() => Paced() && (status = Status()) is { } now && holds(now), s_patience),
            $"the agent does not come to what was expected; its status: {Said(status)}; it printed: {string.Join("", _agents.Select(agent => agent.Said))}");
        return status!;
    }

    /// <summary>Waits for something that the kernel shows.</summary>
    public void UntilSeen(Func<bool> holds) => Assert.True(
        SpinWait.SpinUntil(() => Paced() && holds(), s_patience),
        $"the kernel does not come to what was expected; the agent's status: {Said(Status())}; it printed: {string.Join("", _agents.Select(agent => agent.Said))}");

    /// <summary>Waits until the kernel is done with an agent that was killed under another program, whose end says nothing of its own.</summary>
    public void UntilNobodyIsThere() => UntilSeen(() =>
    {
        try
        {
            NodePins.Open(Pins).Dispose();
            return true;
        }
        catch (XdpException locked) when (locked.Reason == XdpFailureReason.Locked)
        {
            return false;
        }
    });

    /// <summary>A command of the agent's, as a person on the node gives it.</summary>
    public (int Code, string Output, string Errors) Command(params IEnumerable<string> words) =>
        Node.Try(AgentProcess.Line[0], [.. AgentProcess.Line.Skip(1), .. words, "--status", StatusFolder, .. Options]);

    public void Dispose()
    {
        _agents.ForEach(agent => agent.Dispose());
        _bpffs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Said(AgentStatus? status) => status is null ? "none" : System.Text.Encoding.UTF8.GetString(StatusJson.Write(status));

    /// <summary>An agent writes once a second: asking more often than this only costs it its CPU.</summary>
    private static bool Paced()
    {
        Thread.Sleep(20);
        return true;
    }
}

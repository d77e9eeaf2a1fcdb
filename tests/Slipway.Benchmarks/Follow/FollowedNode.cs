using System.Diagnostics;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Interop;

namespace Slipway.Benchmarks.Follow;

/// <summary>A wire, a BPF file system, and the published agent that guards the wire's near end with the policy to follow.</summary>
internal sealed class FollowedNode : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Bpffs _bpffs = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-bench-").FullName;
    private readonly Process _agent;

    public FollowedNode(string agent, string bpfObject)
    {
        var config = Path.Combine(_folder, "xdp.json");
        File.WriteAllText(config, $$"""
            {
              "mode": "enforce", "interfaces": [{"name": "{{VethPair.NodeLink}}", "slot": "follow"}],
              "ports": [{"ports": "{{GuardedStream.Port}}/udp", "role": "guarded"}], "learnPorts": false,
              "operators": ["{{GuardedStream.Operator}}"], "banned": ["{{GuardedStream.Banned}}"],
              "status": {"folder": "{{_folder}}/status"}, "metrics": {"listen": "none"}
            }
            """);
        string[] line = [agent, "run", "--config", config, "--object", bpfObject, "--pins", Path.Combine(_bpffs.Path, "slipway"), "--state", Path.Combine(_folder, "state")];
        _agent = Process.Start(new ProcessStartInfo("nsenter", [$"--net={Wire.Node.Path}", "--", .. line]))!;
    }

    public VethPair Wire { get; } = new();

    /// <summary>User and system time of the agent so far, in ticks of 10 ms.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _agent.Refresh();
            return _agent.TotalProcessorTime;
        }
    }

    /// <summary>By a link that nothing pins, in driver mode.</summary>
    public BpfHandle Attach(OwnerProgram owner) => Wire.Node.Inside(() => owner.Attach(VethPair.NicHere().Index));

    /// <summary>A file that <c>ip</c> knows a program by.</summary>
    public string Pin(OwnerProgram owner, string name)
    {
        var path = Path.Combine(_bpffs.Path, name);
        var errno = Bpf.TryPin(owner.Handle, path);
        return errno == 0 ? path : throw new InvalidOperationException($"pinning a program: {Errno.Describe(errno)}");
    }

    /// <summary>In driver mode, in the place of what was attached so before.</summary>
    public void AttachByNetlink(string pin) => Wire.Node.Ip("-force", "link", "set", "dev", VethPair.NodeLink, "xdpdrv", "pinned", pin);

    public void DetachByNetlink() => Wire.Node.Ip("link", "set", "dev", VethPair.NodeLink, "xdpdrv", "off");

    /// <summary>Whether the filter is in the slot, which is its owner's.</summary>
    public bool IsFollowed() => NameInSlot().StartsWith("slw_", StringComparison.Ordinal);

    /// <summary>Whether the filter is in the tcx chain, the slot being another's alone.</summary>
    public bool IsInChain() => Wire.Node.Inside(() => Bpf.QueryTcx((uint)VethPair.NicHere().Index)).Count > 0 && !IsFollowed();

    public void Until(Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            if (_agent.HasExited || clock.Elapsed > s_patience)
            {
                throw new InvalidOperationException($"the agent {(_agent.HasExited ? "has ended" : "does not take its place")}: the slot holds '{NameInSlot()}'");
            }

            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        _agent.Kill();
        _agent.WaitForExit();
        _agent.Dispose();
        Wire.Dispose();
        _bpffs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string NameInSlot()
    {
        var id = Wire.Nic.Program;
        using var program = id == 0 ? null : Bpf.OpenProgram(id);
        return program is null ? "" : Bpf.ProgramFactsOf(program).Name;
    }
}

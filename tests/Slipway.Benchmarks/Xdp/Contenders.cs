using System.Runtime.InteropServices;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Interop;

namespace Slipway.Benchmarks.Xdp;

/// <summary>The programs to compare with, compiled and loaded: contenders.bpf.c, and xdp-filter's objects as its package brings them.</summary>
internal sealed class Contenders : IDisposable
{
    private readonly List<IDisposable> _loaded = [];
    private readonly string _object;

    public Contenders(string workFolder)
    {
        _object = Path.Combine(workFolder, "contenders.bpf.o");
        var source = Path.Combine(AppContext.BaseDirectory, "Xdp", "contenders.bpf.c");
        var headers = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";
        Tool.Run("clang", "clang", ["-target", "bpf", "-mcpu=v3", "-O2", "-g", "-idirafter", $"/usr/include/{headers}-linux-gnu", "-c", source, "-o", _object]);
        var own = Keep(new BpfObject(_object));
        Drop = Keep(own.Program("drop"));
        Pass = Keep(own.Program("pass"));
        Hundred = Keep(own.Program("hundred"));
        AllFeatures = Keep(Keep(new BpfObject(Packaged("xdpfilt_alw_all.o"))).Program());
        AllFeaturesDenying = Keep(Keep(new BpfObject(Packaged("xdpfilt_dny_all.o"))).Program());
        UdpOnly = Keep(Keep(new BpfObject(Packaged("xdpfilt_alw_udp.o"))).Program());
    }

    public BpfHandle Drop { get; }

    public BpfHandle Pass { get; }

    /// <summary>A hundred instructions that do nothing.</summary>
    public BpfHandle Hundred { get; }

    /// <summary>xdp-filter with Ethernet, IPv4, IPv6, TCP and UDP; it passes what no rule denies, and has no rule.</summary>
    public BpfHandle AllFeatures { get; }

    /// <summary>The same, which drops what no rule allows.</summary>
    public BpfHandle AllFeaturesDenying { get; }

    /// <summary>xdp-filter for UDP ports alone.</summary>
    public BpfHandle UdpOnly { get; }

    /// <summary>The same program behind another that gives every packet a source of its own.</summary>
    public BpfHandle Forged(BpfHandle program, bool frags)
    {
        var name = frags ? "forged_frags" : "forged";
        var another = Keep(new BpfObject(_object));
        using var next = another.Map($"next_{name}");
        var errno = Bpf.TryUpdate(next, BitConverter.GetBytes(0), BitConverter.GetBytes(program.Fd));
        return errno == 0 ? Keep(another.Program(name)) : throw new InvalidOperationException($"putting a program behind another: errno {errno}");
    }

    /// <summary>Loads the program that sends, told where from.</summary>
    public BpfHandle Sender(int nic, bool forged)
    {
        var another = Keep(new BpfObject(_object));
        using var map = another.Map(".data.wire");
        Span<ulong> wire = [(ulong)nic, forged ? 1ul : 0];
        var errno = Bpf.TryUpdate(map, BitConverter.GetBytes(0), MemoryMarshal.AsBytes(wire));
        return errno == 0 ? Keep(another.Program("send")) : throw new InvalidOperationException($"telling the sender where from: errno {errno}");
    }

    public void Dispose()
    {
        _loaded.Reverse();
        _loaded.ForEach(loaded => loaded.Dispose());
    }

    private static string Packaged(string file) =>
        Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "bpf", file)).Append(Path.Combine("/usr/lib/bpf", file))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{file} of xdp-filter is not installed (Debian: apt-get install xdp-tools)");

    private T Keep<T>(T loaded)
        where T : IDisposable
    {
        _loaded.Add(loaded);
        return loaded;
    }
}

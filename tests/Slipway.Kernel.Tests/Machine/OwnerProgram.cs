using System.Runtime.InteropServices;
using System.Text;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>A stand-in for another product's XDP program: it answers every packet alike, and is loaded as that product loads its own.</summary>
internal sealed unsafe partial class OwnerProgram : IDisposable
{
    public const uint Drop = 1;
    public const uint Pass = 2;
    public const uint Transmit = 3;

    private const int LoadCommand = 5;       // BPF_PROG_LOAD
    private const uint XdpType = 6;          // BPF_PROG_TYPE_XDP
    private const uint HasFrags = 1 << 5;    // BPF_F_XDP_HAS_FRAGS
    private const ulong MoveToResult = 0xb7; // r0 = immediate, which is the high half
    private const ulong Exit = 0x95;
    private const ulong LoadMap = 0x1118;    // r1 = map, whose descriptor is the high half; two words
    private const uint SocketMap = 17;       // BPF_MAP_TYPE_XSKMAP

    public OwnerProgram(string name, uint verdict, bool frags = true, bool typed = true, string? sockets = null)
    {
        Root.Demand();
        // The program names its table of sockets once, so that the kernel counts it among the program's maps.
        using var map = sockets is null ? null : Bpf.CreateMap((BpfMapType)SocketMap, sockets, 4, 4, 4);
        var load = map is null ? 0 : LoadMap | (ulong)(uint)map.Fd << 32;
        var instructions = stackalloc ulong[] { load, 0, MoveToResult | (ulong)verdict << 32, Exit };
        var skipped = map is null ? 2 : 0;
        fixed (byte* license = "GPL\0"u8)
        {
            var request = new LoadAttributes
            {
                Type = XdpType,
                InstructionCount = (uint)(4 - skipped),
                Instructions = (ulong)(instructions + skipped),
                License = (ulong)license,
                Flags = frags ? HasFrags : 0,
                ExpectedAttachType = typed ? (uint)BpfAttachType.Xdp : 0,
            };
            Encoding.ASCII.GetBytes(name, new Span<byte>(request.Name, 15));
            var fd = (int)Call(321, LoadCommand, &request, sizeof(LoadAttributes));
            if (fd < 0)
            {
                throw new InvalidOperationException($"the stand-in {name} was not loaded: {Marshal.GetLastPInvokeErrorMessage()}");
            }

            Handle = new BpfHandle(fd);
        }
    }

    public BpfHandle Handle { get; }

    public uint Id => Bpf.ProgramFactsOf(Handle).Id;

    /// <summary>Attaches as its product does: by a link that nothing pins, in driver mode.</summary>
    public BpfHandle Attach(int nic)
    {
        var errno = Bpf.TryLinkXdp(Handle, (uint)nic, 4, out var link);
        return errno == 0 ? link! : throw new InvalidOperationException($"the stand-in was not attached: {Errno.Describe(errno)}");
    }

    public void Dispose() => Handle.Dispose();

    [LibraryImport("libc.so.6", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint command, LoadAttributes* attributes, nint size);

    [StructLayout(LayoutKind.Sequential)]
    private struct LoadAttributes
    {
        public uint Type;
        public uint InstructionCount;
        public ulong Instructions;
        public ulong License;
        public uint LogLevel;
        public uint LogSize;
        public ulong LogBuffer;
        public uint KernelVersion;
        public uint Flags;
        public fixed byte Name[16];
        public uint Interface;
        public uint ExpectedAttachType;
    }
}

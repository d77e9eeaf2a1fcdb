using System.Runtime.InteropServices;
using System.Text;
using Slipway.Xdp.Failures;

namespace Slipway.Xdp.Interop;

/// <summary>bpf(2), one method a command. A method whose name begins with Try gives the errno back; all others throw.</summary>
internal static unsafe partial class Bpf
{
    // linux/unistd.h of the two architectures that Talos runs on.
    private static readonly nint s_callNumber = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 321,
        Architecture.Arm64 => 280,
        var other => throw new PlatformNotSupportedException($"bpf(2) has no known number on {other}"),
    };

    /// <summary>Pins <paramref name="handle"/> under a path of bpffs; EEXIST when the name is taken.</summary>
    public static int TryPin(BpfHandle handle, string path)
    {
        fixed (byte* name = Utf8(path))
        {
            var attributes = new BpfAttributes.PinnedObject { Path = (ulong)name, Fd = (uint)handle.Fd };
            return TryCall(BpfCommand.ObjectPin, &attributes, sizeof(BpfAttributes.PinnedObject), out _);
        }
    }

    /// <summary>Opens what is pinned at <paramref name="path"/>, or null where nothing is.</summary>
    public static BpfHandle? OpenPin(string path)
    {
        fixed (byte* name = Utf8(path))
        {
            var attributes = new BpfAttributes.PinnedObject { Path = (ulong)name };
            return TryCall(BpfCommand.ObjectGet, &attributes, sizeof(BpfAttributes.PinnedObject), out var fd) switch
            {
                0 => new BpfHandle(fd),
                Errno.NoEntry => null,
                var errno => throw XdpException.FromErrno(errno, $"opening {path}"),
            };
        }
    }

    private static BpfHandle? OpenById(BpfCommand command, uint id, string what)
    {
        var attributes = new BpfAttributes.ById { StartOrId = id };
        return TryCall(command, &attributes, sizeof(BpfAttributes.ById), out var fd) switch
        {
            0 => new BpfHandle(fd),
            Errno.NoEntry => null,
            var errno => throw XdpException.FromErrno(errno, $"opening {what} {id}"),
        };
    }

    private static void ReadInfo(BpfHandle handle, void* info, int size, string what)
    {
        var attributes = new BpfAttributes.InfoByFd { Fd = (uint)handle.Fd, Length = (uint)size, Info = (ulong)info };
        Check(TryCall(BpfCommand.InfoByFd, &attributes, sizeof(BpfAttributes.InfoByFd), out _), $"reading what {what} is");
    }

    private static int TryCall(BpfCommand command, void* attributes, int size, out int result)
    {
        nint returned;
        int errno;
        do
        {
            returned = Libc.Syscall(s_callNumber, (nint)command, (nint)attributes, size);
            errno = returned < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (errno == Errno.Interrupted);

        result = (int)returned;
        return errno;
    }

    private static void Check(int errno, string what)
    {
        if (errno != 0)
        {
            throw XdpException.FromErrno(errno, what);
        }
    }

    private static byte[] Utf8(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    /// <summary>A name as the kernel keeps it: up to 15 bytes, ended by zero.</summary>
    private static string NameOf(byte* bytes)
    {
        var name = new ReadOnlySpan<byte>(bytes, 16);
        var end = name.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? name : name[..end]);
    }
}

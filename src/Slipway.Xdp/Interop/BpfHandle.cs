using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;

namespace Slipway.Xdp.Interop;

/// <summary>A file descriptor of a map, program, link or socket: closed once, also when its owner is forgotten.</summary>
internal sealed class BpfHandle : SafeHandle
{
    public BpfHandle(int fd)
        : base(-1, ownsHandle: true) => SetHandle(fd);

    public override bool IsInvalid => handle < 0;

    /// <summary>The number itself. The caller keeps the handle alive while the number is in use.</summary>
    public int Fd => IsClosed ? throw new ObjectDisposedException(nameof(BpfHandle)) : (int)handle;

    /// <summary>A second descriptor of what <paramref name="fd"/> stands for, which stays with its first owner.</summary>
    public static BpfHandle Duplicate(int fd)
    {
        var copy = Libc.FileControl(fd, Libc.DuplicateCloseOnExec, 0);
        return copy >= 0 ? new BpfHandle(copy) : throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), "duplicating a descriptor");
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}

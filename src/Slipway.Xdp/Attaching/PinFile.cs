using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Attaching;

/// <summary>Pinning with words that an operator can act on.</summary>
internal static class PinFile
{
    /// <exception cref="XdpException">The name is taken, or the folder is not on a BPF file system.</exception>
    public static void Make(BpfHandle handle, string path)
    {
        var errno = Bpf.TryPin(handle, path);
        if (errno != 0)
        {
            // The kernel says EPERM of any other file system.
            throw errno is Errno.Invalid or Errno.NotPermitted
                ? new XdpException(XdpFailureReason.PinsUnusable, $"{path} cannot be pinned: is a BPF file system mounted there, and are we allowed to write to it?", errno)
                : XdpException.FromErrno(errno, $"pinning {path}");
        }
    }
}

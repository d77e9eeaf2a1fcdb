namespace Slipway.Xdp.Failures;

/// <summary>A failure of the filter that an operator shall read: what failed, what was found, what to try.</summary>
public sealed class XdpException(XdpFailureReason reason, string message, int errno = 0, Exception? innerException = null)
    : Exception(message, innerException)
{
    public XdpFailureReason Reason { get; } = reason;

    /// <summary>The kernel's error number, or 0.</summary>
    public int Errno { get; } = errno;

    /// <summary>What the kernel answered when we did <paramref name="what"/>, with the reason that the number usually means.</summary>
    internal static XdpException FromErrno(int errno, string what) =>
        new(ReasonOf(errno), $"{what}: {Interop.Errno.Describe(errno)}", errno);

    private static XdpFailureReason ReasonOf(int errno) => errno switch
    {
        Interop.Errno.NotPermitted or Interop.Errno.AccessDenied => XdpFailureReason.NotPermitted,
        Interop.Errno.Busy or Interop.Errno.Exists => XdpFailureReason.SlotTaken,
        Interop.Errno.Range => XdpFailureReason.MtuTooLarge,
        Interop.Errno.NotSupported or Interop.Errno.NotSupportedInKernel or Interop.Errno.NoSystemCall => XdpFailureReason.NotSupported,
        Interop.Errno.NoDevice => XdpFailureReason.NoSuchNic,
        Interop.Errno.NoLink => XdpFailureReason.LinkSevered,
        Interop.Errno.NoSpace or Interop.Errno.TooBig => XdpFailureReason.TableFull,
        _ => XdpFailureReason.Kernel,
    };
}

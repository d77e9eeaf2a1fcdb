using System.Runtime.InteropServices;

namespace Slipway.Xdp.Interop;

/// <summary>Error numbers of Linux (x86-64 and arm64 alike) that we decide on, and their names for people.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;          // EPERM
    public const int NoEntry = 2;               // ENOENT
    public const int Interrupted = 4;           // EINTR
    public const int TooBig = 7;                // E2BIG
    public const int Again = 11;                // EAGAIN, EWOULDBLOCK
    public const int NoMemory = 12;             // ENOMEM
    public const int AccessDenied = 13;         // EACCES
    public const int Busy = 16;                 // EBUSY
    public const int Exists = 17;               // EEXIST
    public const int NoDevice = 19;             // ENODEV
    public const int NotDirectory = 20;         // ENOTDIR
    public const int Invalid = 22;              // EINVAL
    public const int NoSpace = 28;              // ENOSPC
    public const int Range = 34;                // ERANGE
    public const int NoSystemCall = 38;         // ENOSYS
    public const int NoLink = 67;               // ENOLINK
    public const int NoBufferSpace = 105;       // ENOBUFS
    public const int NotSupported = 95;         // EOPNOTSUPP, ENOTSUP
    public const int NotSupportedInKernel = 524; // ENOTSUPP, which leaks out of some drivers

    /// <summary>"EBUSY (Device or resource busy)".</summary>
    public static string Describe(int errno) => $"{NameOf(errno)} ({Marshal.GetPInvokeErrorMessage(errno)})";

    private static string NameOf(int errno) => errno switch
    {
        NotPermitted => "EPERM",
        NoEntry => "ENOENT",
        Interrupted => "EINTR",
        5 => "EIO",
        TooBig => "E2BIG",
        9 => "EBADF",
        Again => "EAGAIN",
        NoMemory => "ENOMEM",
        AccessDenied => "EACCES",
        14 => "EFAULT",
        Busy => "EBUSY",
        Exists => "EEXIST",
        18 => "EXDEV",
        NoDevice => "ENODEV",
        NotDirectory => "ENOTDIR",
        21 => "EISDIR",
        Invalid => "EINVAL",
        24 => "EMFILE",
        NoSpace => "ENOSPC",
        30 => "EROFS",
        Range => "ERANGE",
        NoSystemCall => "ENOSYS",
        NoLink => "ENOLINK",
        NotSupported => "EOPNOTSUPP",
        NoBufferSpace => "ENOBUFS",
        116 => "ESTALE",
        NotSupportedInKernel => "ENOTSUPP",
        _ => $"error {errno}",
    };
}

using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;

namespace Slipway.Xdp.Interop;

/// <summary>A map's memory in ours, shared with the programs that run; or memory that is the system's again when we are done.</summary>
internal sealed unsafe class MappedMemory : SafeHandle
{
    private readonly nuint _length;

    private MappedMemory(void* address, nuint length)
        : base(0, ownsHandle: true)
    {
        _length = length;
        SetHandle((nint)address);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Where it begins. The caller keeps this object alive while it uses the pointer.</summary>
    public byte* Pointer => IsClosed ? throw new ObjectDisposedException(nameof(MappedMemory)) : (byte*)handle;

    /// <summary>The kernel maps whole pages.</summary>
    public static MappedMemory Of(BpfHandle map, long length, bool writable = true, long offset = 0)
    {
        var pages = (nuint)((length + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize);
        return new MappedMemory(Bpf.MapMemory(map, pages, writable, (nint)offset), pages);
    }

    /// <summary>Zeros that belong to nobody else.</summary>
    public static MappedMemory Anonymous(long length)
    {
        var memory = Libc.Mmap(null, (nuint)length, Libc.ProtRead | Libc.ProtWrite, Libc.MapPrivate | Libc.MapAnonymous, -1, 0);
        return (nint)memory != -1
            ? new MappedMemory(memory, (nuint)length)
            : throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), $"taking {length} bytes of memory");
    }

    /// <summary>The first pages of a descriptor, to read; null where the kernel refuses.</summary>
    public static MappedMemory? TryRead(int fd, nuint length)
    {
        var memory = Libc.Mmap(null, length, Libc.ProtRead, Libc.MapShared, fd, 0);
        return (nint)memory != -1 ? new MappedMemory(memory, length) : null;
    }

    protected override bool ReleaseHandle() => Libc.Munmap((void*)handle, _length) == 0;
}

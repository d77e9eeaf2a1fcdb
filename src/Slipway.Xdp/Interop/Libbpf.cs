using System.Runtime.InteropServices;

namespace Slipway.Xdp.Interop;

/// <summary>
/// libbpf 1.1 and later, as far as we need it: opening an object, choosing programs and maps, loading. What is attached, pinned
/// and looked up goes through bpf(2) itself (<see cref="Bpf"/>), since Debian 12's libbpf knows no tcx. Names are C's.
/// See: https://docs.kernel.org/bpf/libbpf/ and bpf/libbpf.h.
/// </summary>
internal static unsafe partial class Libbpf
{
    public const string Library = "libbpf";

    [LibraryImport(Library, EntryPoint = "libbpf_set_print")]
    public static partial nint SetPrint(delegate* unmanaged[Cdecl]<int, byte*, nint, int> print);

    [LibraryImport(Library, EntryPoint = "bpf_object__open_mem", SetLastError = true)]
    public static partial nint ObjectOpenMemory(byte* buffer, nuint size, OpenOptions* options);

    [LibraryImport(Library, EntryPoint = "bpf_object__load", SetLastError = true)]
    public static partial int ObjectLoad(nint bpfObject);

    [LibraryImport(Library, EntryPoint = "bpf_object__close")]
    public static partial void ObjectClose(nint bpfObject);

    [LibraryImport(Library, EntryPoint = "bpf_object__next_program", SetLastError = true)]
    public static partial nint ObjectNextProgram(nint bpfObject, nint previous);

    [LibraryImport(Library, EntryPoint = "bpf_object__next_map", SetLastError = true)]
    public static partial nint ObjectNextMap(nint bpfObject, nint previous);

    [LibraryImport(Library, EntryPoint = "bpf_program__name")]
    public static partial nint ProgramName(nint program);

    [LibraryImport(Library, EntryPoint = "bpf_program__set_autoload", SetLastError = true)]
    public static partial int ProgramSetAutoload(nint program, byte autoload);

    [LibraryImport(Library, EntryPoint = "bpf_program__set_expected_attach_type", SetLastError = true)]
    public static partial int ProgramSetExpectedAttachType(nint program, int type);

    [LibraryImport(Library, EntryPoint = "bpf_program__set_log_buf", SetLastError = true)]
    public static partial int ProgramSetLogBuffer(nint program, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "bpf_program__fd", SetLastError = true)]
    public static partial int ProgramFd(nint program);

    [LibraryImport(Library, EntryPoint = "bpf_map__name")]
    public static partial nint MapName(nint map);

    [LibraryImport(Library, EntryPoint = "bpf_map__fd", SetLastError = true)]
    public static partial int MapFd(nint map);

    [LibraryImport(Library, EntryPoint = "bpf_map__set_max_entries", SetLastError = true)]
    public static partial int MapSetMaxEntries(nint map, uint entries);

    [LibraryImport(Library, EntryPoint = "bpf_map__set_autocreate", SetLastError = true)]
    public static partial int MapSetAutocreate(nint map, byte autocreate);

    [LibraryImport(Library, EntryPoint = "bpf_map__initial_value", SetLastError = true)]
    public static partial void* MapInitialValue(nint map, nuint* size);

    [LibraryImport(Library, EntryPoint = "bpf_map__reuse_fd", SetLastError = true)]
    public static partial int MapReuseFd(nint map, int fd);

    /// <summary>The head of bpf_object_open_opts; the size tells libbpf how much of it we know.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct OpenOptions
    {
        public nuint Size;
        public byte* ObjectName;
    }
}

using System.Runtime.InteropServices;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>A compiled object that is not the filter, wholly loaded: a test's own, or another product's to compare with. It pins nothing.</summary>
internal sealed unsafe partial class BpfObject : IDisposable
{
    private readonly nint _object;

    /// <param name="file">The ELF file.</param>
    /// <exception cref="InvalidOperationException">libbpf or the kernel refused it.</exception>
    public BpfObject(string file)
    {
        Root.Demand();
        LibbpfMessages.Start();
        var elf = File.ReadAllBytes(file);
        fixed (byte* bytes = elf)
        fixed (byte* name = "bench\0"u8)
        {
            var options = new Libbpf.OpenOptions { Size = (nuint)sizeof(Libbpf.OpenOptions), ObjectName = name };
            _object = Libbpf.ObjectOpenMemory(bytes, (nuint)elf.Length, &options);
        }

        for (var map = Next(0); map != 0; map = Next(map))
        {
            _ = SetPinPath(map, 0);
        }

        if (_object == 0 || Libbpf.ObjectLoad(_object) != 0)
        {
            throw new InvalidOperationException($"{file} was not loaded: {LibbpfMessages.Last()}");
        }
    }

    /// <summary>A program by its name, or the only one there is.</summary>
    public BpfHandle Program(string? name = null)
    {
        for (var program = Libbpf.ObjectNextProgram(_object, 0); program != 0; program = Libbpf.ObjectNextProgram(_object, program))
        {
            if (name is null || Marshal.PtrToStringUTF8(Libbpf.ProgramName(program)) == name)
            {
                return BpfHandle.Duplicate(Libbpf.ProgramFd(program));
            }
        }

        throw new InvalidOperationException($"the object has no program {name}");
    }

    public BpfHandle Map(string name)
    {
        for (var map = Next(0); map != 0; map = Next(map))
        {
            if (Marshal.PtrToStringUTF8(Libbpf.MapName(map)) == name)
            {
                return BpfHandle.Duplicate(Libbpf.MapFd(map));
            }
        }

        throw new InvalidOperationException($"the object has no map {name}");
    }

    public void Dispose() => Libbpf.ObjectClose(_object);

    private nint Next(nint map) => _object == 0 ? 0 : Libbpf.ObjectNextMap(_object, map);

    [LibraryImport("libbpf.so.1", EntryPoint = "bpf_map__set_pin_path")]
    private static partial int SetPinPath(nint map, nint path);
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Slipway.Xdp.Interop;

/// <summary>
/// Under the JIT (tests, developers) libbpf is the distribution's shared library, whose file carries its major version.
/// In the agent it is linked in, and this resolver is never asked.
/// </summary>
internal static class LibbpfResolver
{
    // A module initializer is what runs before the first P/Invoke of this assembly, whoever makes it.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(LibbpfResolver).Assembly, Resolve);
#pragma warning restore CA2255

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) => name switch
    {
        Libbpf.Library => NativeLibrary.Load("libbpf.so.1", assembly, search),
        // libc.so is a linker script where the development files are installed; the C library itself is libc.so.6.
        "libc" => NativeLibrary.Load("libc.so.6", assembly, search),
        _ => 0,
    };
}

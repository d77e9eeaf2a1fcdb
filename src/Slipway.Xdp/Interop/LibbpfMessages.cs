using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Slipway.Xdp.Interop;

/// <summary>Collects what libbpf says on this thread, instead of letting it write to standard error.</summary>
internal static unsafe class LibbpfMessages
{
    private const int Longest = 2048;
    private const int Most = 50;

    [ThreadStatic]
    private static List<string>? _messages;

    static LibbpfMessages() => Libbpf.SetPrint(&Collect);

    /// <summary>Begins anew on this thread; the last lines are read with <see cref="Last"/>.</summary>
    public static void Start() => (_messages ??= []).Clear();

    /// <summary>The last few warnings since <see cref="Start"/>, one a line.</summary>
    public static string Last() => string.Join('\n', (_messages ?? []).TakeLast(5));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Collect(int level, byte* format, nint arguments)
    {
        const int warn = 0;
        if (level != warn || _messages is not { Count: < Most } messages)
        {
            return 0;
        }

        var buffer = stackalloc byte[Longest];
        var length = Libc.FormatInto(buffer, Longest, format, arguments);
        if (length > 0)
        {
            messages.Add(Encoding.UTF8.GetString(buffer, Math.Min(length, Longest - 1)).TrimEnd());
        }

        return 0;
    }
}

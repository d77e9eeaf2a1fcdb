using System.Runtime.InteropServices;

namespace Slipway.Xdp.Loading;

/// <summary>Random words from the kernel itself: a static executable has no cryptography library to ask.</summary>
internal static class Randomness
{
    public static ulong Word()
    {
        var word = 0ul;
        using var source = File.OpenRead("/dev/urandom");
        source.ReadExactly(MemoryMarshal.AsBytes(new Span<ulong>(ref word)));
        return word;
    }
}

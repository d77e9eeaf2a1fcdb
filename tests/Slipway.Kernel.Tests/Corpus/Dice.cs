namespace Slipway.Kernel.Tests.Corpus;

/// <summary>
/// SplitMix64: the same seed gives the same packets on every machine and runtime, so that a failure's seed can be replayed.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 up to, without, <paramref name="end"/>.</summary>
    public int Below(int end) => (int)((Next() >> 33) % (ulong)end);

    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>True in one of <paramref name="cases"/> throws.</summary>
    public bool OneIn(int cases) => Below(cases) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public void Fill(Span<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            BitConverter.TryWriteBytes(bytes, Next());
        }

        for (var last = Next(); bytes.Length > 0; bytes = bytes[1..], last >>= 8)
        {
            bytes[0] = (byte)last;
        }
    }
}

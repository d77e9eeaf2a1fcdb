namespace Slipway.Kernel.Tests.Running;

/// <summary>An array map's values in our memory.</summary>
internal sealed unsafe class MappedMap : IDisposable
{
    private const int ReadWrite = 3, Shared = 1;

    private readonly byte* _start;
    private readonly nuint _length;

    public MappedMap(int fd, int bytes)
    {
        _length = (nuint)((bytes + 4095) / 4096 * 4096);
        _start = NativeLibbpf.Map(0, _length, ReadWrite, Shared, fd, 0);
        if ((nint)_start == -1)
        {
            throw new InvalidOperationException($"mapping {bytes} bytes of a map failed");
        }
    }

    public Span<byte> Bytes => new(_start, (int)_length);

    public ref ulong Word(int offset) => ref *(ulong*)(_start + offset);

    public void Dispose() => _ = NativeLibbpf.Unmap(_start, _length);
}

using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Loading;

/// <summary>
/// The compiled filter (bpf/solana_xdp.bpf.c): an ELF file. It is read for each load and not kept, since it is larger than all that
/// an agent remembers.
/// </summary>
public sealed class FilterObject
{
    private const int LargestFile = 64 << 20;

    private readonly string _path;

    private FilterObject(string path)
    {
        _path = path;
    }

    /// <summary>The object in a file, not yet looked into.</summary>
    public static FilterObject FromFile(string path) => new(path);

    /// <summary>Lets the kernel verify and take what is asked for: some 30 ms a variant.</summary>
    /// <exception cref="XdpException">There is no such file, it cannot be read, or the kernel refused it.</exception>
    internal LoadedFilter Load(LoadRequest request)
    {
        request.Sizes.Check();
        LibbpfMessages.Start();
        using var opened = Open();
        opened.Choose(request);
        return opened.Load(request);
    }

    private unsafe OpenedObject Open()
    {
        try
        {
            using var file = File.OpenHandle(_path);
            var length = (int)Math.Min(RandomAccess.GetLength(file), LargestFile);
            // libbpf makes a copy of its own; ours is gone with this call.
            using var memory = MappedMemory.Anonymous(Math.Max(length, 1));
            var bytes = new Span<byte>(memory.Pointer, length);
            for (var held = 0; held < length;)
            {
                var read = RandomAccess.Read(file, bytes[held..], held);
                held += read > 0 ? read : throw new EndOfStreamException("it became shorter while it was read");
            }

            return OpenedObject.Open(bytes);
        }
        catch (Exception cannotRead) when (cannotRead is IOException or UnauthorizedAccessException)
        {
            throw new XdpException(XdpFailureReason.ObjectDamaged, $"the filter {_path} cannot be read: {cannotRead.Message}", 0, cannotRead);
        }
    }
}

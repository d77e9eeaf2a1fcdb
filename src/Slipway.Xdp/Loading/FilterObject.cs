using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Loading;

/// <summary>The compiled filter (bpf/solana_xdp.bpf.c): an ELF file, not yet looked into.</summary>
public sealed class FilterObject
{
    private readonly byte[] _elf;

    /// <param name="elf">The whole file.</param>
    public FilterObject(ReadOnlySpan<byte> elf)
    {
        _elf = elf.ToArray();
        BuildId = Fingerprint(_elf);
    }

    /// <summary>Tells one build from another: a hash of the file, 64 bits.</summary>
    public ulong BuildId { get; }

    /// <summary>Reads the object from a file.</summary>
    /// <exception cref="XdpException">There is no such file, or it cannot be read.</exception>
    public static FilterObject FromFile(string path)
    {
        try
        {
            return new FilterObject(File.ReadAllBytes(path));
        }
        catch (Exception cannotRead) when (cannotRead is IOException or UnauthorizedAccessException)
        {
            throw new XdpException(XdpFailureReason.ObjectDamaged, $"the filter {path} cannot be read: {cannotRead.Message}", 0, cannotRead);
        }
    }

    /// <summary>Lets the kernel verify and take what is asked for: some 5 ms.</summary>
    internal LoadedFilter Load(LoadRequest request)
    {
        request.Sizes.Check();
        LibbpfMessages.Start();
        using var opened = OpenedObject.Open(_elf);
        opened.Choose(request);
        return opened.Load(request);
    }

    // FNV-1a: it need not withstand an adversary, and a static executable has no cryptography at hand.
    private static ulong Fingerprint(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037ul;
        foreach (var value in bytes)
        {
            hash = unchecked((hash ^ value) * 1099511628211ul);
        }

        return hash;
    }
}

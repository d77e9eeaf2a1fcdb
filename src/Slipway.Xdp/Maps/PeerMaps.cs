using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Layout;
using Slipway.Xdp.Loading;

namespace Slipway.Xdp.Maps;

/// <summary>The tables of peers: the one that is not in use is filled, then one word switches all (bpf/README.md, "How the loader writes").</summary>
internal sealed unsafe class PeerMaps : IDisposable
{
    private const int AddressBytes = 16;
    private const int OverflowKeyBytes = 4 + AddressBytes;
    private const int CidrKeyBytes = 8 + AddressBytes;
    private const int BankBits = 32;
    private const int SetBytes = PeerImage.Ways * sizeof(ulong);

    private readonly ConfigMap _config;
    private readonly BpfHandle _overflow;
    private readonly BpfHandle _cidrs;
    private readonly BpfHandle _sets;
    private readonly MappedMemory _hints;
    private readonly int _mostSets;
    private readonly int _mostOverflow;
    private readonly int _mostPrefixes;

    public PeerMaps(ConfigMap config, IReadOnlyDictionary<string, BpfHandle> maps)
    {
        _config = config;
        (_overflow, _cidrs, _sets) = (maps[MapNames.Overflow], maps[MapNames.Cidrs], maps[MapNames.Peers]);
        _mostSets = (int)Bpf.MapFactsOf(_sets).MaxEntries / 2;
        _mostOverflow = (int)Bpf.MapFactsOf(_overflow).MaxEntries / 2;
        _mostPrefixes = (int)Bpf.MapFactsOf(_cidrs).MaxEntries / 2;
        _hints = MappedMemory.Of(maps[MapNames.CidrHint], 4L * PeerImage.HintWords * sizeof(ulong));
    }

    /// <summary>Replaces all peers at once.</summary>
    /// <param name="wait">Until no packet reads the table that was left.</param>
    /// <exception cref="XdpException">There are too many, or one is not fit to be listed; the table in use stays.</exception>
    public PeerTableFill Replace(IEnumerable<Peer> peers, bool wait)
    {
        var plan = PeerPlan.Of(peers);
        var image = PeerImage.Build(plan, _config.Hash, _mostSets, _mostOverflow, _mostPrefixes);
        var bank = _config.Peers.Bank ^ 1;
        // What a replacement that was cut off left in this bank, and what a finished one left behind.
        Clear(bank);
        Fill(bank, image);
        _config.Peers = new PeersWord(bank, image.SetsLog2, (uint)(bank * _mostSets));
        if (wait)
        {
            GracePeriod.Pass();
        }

        Clear(bank ^ 1);
        return new PeerTableFill(plan.Singles.Count, image.Overflow.Count, plan.Prefixes.Count, _mostSets * PeerImage.Ways, ++_config.PeersGeneration);
    }

    public void Dispose() => _hints.Dispose();

    private void Fill(int bank, PeerImage image)
    {
        FillSets(bank, image);
        image.Hints.CopyTo(HintsOf(bank));
        Span<byte> overflowKey = stackalloc byte[OverflowKeyBytes];
        foreach (var (address, meta) in image.Overflow)
        {
            BinaryPrimitives.WriteInt32LittleEndian(overflowKey, bank);
            address.Write(overflowKey[4..]);
            Put(_overflow, overflowKey, meta, "a peer");
        }

        Span<byte> cidrKey = stackalloc byte[CidrKeyBytes];
        foreach (var (network, length, meta) in image.Prefixes)
        {
            BinaryPrimitives.WriteInt32LittleEndian(cidrKey, BankBits + length);
            BinaryPrimitives.WriteInt32LittleEndian(cidrKey[4..], bank);
            network.Write(cidrKey[8..]);
            Put(_cidrs, cidrKey, meta, "a prefix rule");
        }
    }

    /// <summary>Mapped for as long as it takes: the kernel counts all pages of a mapping as our memory, and the whole table is 4 MB.</summary>
    private void FillSets(int bank, PeerImage image)
    {
        var (page, within) = Math.DivRem((long)bank * _mostSets * SetBytes, Environment.SystemPageSize);
        using var memory = MappedMemory.Of(_sets, within + image.Slots.Length * sizeof(ulong), offset: page * Environment.SystemPageSize);
        image.Slots.CopyTo(new Span<ulong>(memory.Pointer + within, image.Slots.Length));
    }

    private Span<ulong> HintsOf(int bank) =>
        new((ulong*)_hints.Pointer + bank * 2 * PeerImage.HintWords, 2 * PeerImage.HintWords);

    private void Clear(int bank)
    {
        HintsOf(bank).Clear();
        DeleteKeys(_overflow, OverflowKeyBytes, 0, bank);
        DeleteKeys(_cidrs, CidrKeyBytes, 4, bank);
    }

    private static void Put(BpfHandle map, ReadOnlySpan<byte> key, ulong meta, string what)
    {
        var errno = Bpf.TryUpdate(map, key, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in meta)));
        if (errno != 0)
        {
            throw XdpException.FromErrno(errno, $"listing {what}");
        }
    }

    /// <summary>Deleting while walking starts the walk anew, so the keys are gathered first.</summary>
    private static void DeleteKeys(BpfHandle map, int keyBytes, int bankAt, int bank)
    {
        var keys = new List<byte[]>();
        var key = new byte[keyBytes];
        for (byte[] previous = []; Bpf.TryNextKey(map, previous, key) == 0; previous = [.. key])
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(key.AsSpan(bankAt)) == bank)
            {
                keys.Add([.. key]);
            }
        }

        foreach (var dead in keys)
        {
            _ = Bpf.TryDelete(map, dead);
        }
    }
}

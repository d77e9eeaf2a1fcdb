using System.Buffers.Binary;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Running;

/// <summary>Writes <see cref="FilterTables"/> into bank 0 of the maps, as bpf/solana_xdp.h lays them out.</summary>
internal sealed class KernelTables(KernelFilter filter, FilterTables tables, uint sets)
{
    public const int ConfigBytes = 128 + 2 * PolicyBytes;
    private const int PolicyBytes = 1088, HintWords = 1024, Ways = 8;

    public void Write(MappedMap config)
    {
        WritePolicy(config.Bytes.Slice(128, PolicyBytes));
        WritePorts();
        WritePeers();
        foreach (var rule in tables.Prefixes)
        {
            WritePrefix(rule);
        }

        config.Word(24) = (ulong)(sets - 1) << 16;
        config.Word(32) = tables.Hash.Salt;
        config.Word(40) = tables.Hash.Factor;
        config.Word(48) = tables.Hash.SourceMask;
        config.Word(104) = (ulong)tables.LeaseShift;
        if (tables.AgentIsSilent)
        {
            config.Word(56) = filter.Tick() - 1000;
            config.Word(64) = 10;
        }

        config.Word(8) = (ulong)tables.Mode;
    }

    private void WritePolicy(Span<byte> policy)
    {
        var (ipv4, ipv6) = (0, 0);
        foreach (var own in tables.Own)
        {
            Raw(own).CopyTo(own.IsIpv6 ? policy[(32 + 16 * ipv6++)..] : policy[(4 * ipv4++)..]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(policy[160..], tables.ShredVersion);
        tables.Identity.Span.CopyTo(policy[168..]);
        foreach (var ((role, group), limits) in tables.Limits)
        {
            var at = 320 + 16 * (4 * (int)role + (int)group);
            BinaryPrimitives.WriteUInt64LittleEndian(policy[at..], Word(limits.Source));
            BinaryPrimitives.WriteUInt64LittleEndian(policy[(at + 8)..], Word(limits.Total));
        }
    }

    private void WritePorts()
    {
        using var ports = filter.Map(".data.ports", 2 * 65536);
        foreach (var (port, role) in tables.UdpRoles)
        {
            ports.Bytes[port] = (byte)role;
        }

        foreach (var (port, role) in tables.TcpRoles)
        {
            ports.Bytes[65536 + port] = (byte)role;
        }
    }

    private void WritePeers()
    {
        using var slots = filter.Map("slw_peers", (int)(2 * sets * Ways * sizeof(ulong)));
        var used = new int[sets];
        foreach (var (address, meta) in tables.Peers)
        {
            var hash = Whole(address);
            var set = (int)(hash & (sets - 1));
            if (used[set] < Ways)
            {
                slots.Word((set * Ways + used[set]++) * sizeof(ulong)) = hash & ~0xFFFFul | Meta(meta);
            }
            else
            {
                filter.Put("slw_overflow", [0, 0, 0, 0, .. Mapped(address)], BitConverter.GetBytes((ulong)Meta(meta)));
            }
        }
    }

    private void WritePrefix(PrefixRule rule)
    {
        var length = 32 + rule.Length + (rule.Network.IsIpv6 ? 0 : 96);
        filter.Put("slw_cidrs", [.. BitConverter.GetBytes(length), 0, 0, 0, 0, .. Mapped(rule.Network)], BitConverter.GetBytes((ulong)Meta(rule.Meta)));
        using var hint = filter.Map("slw_cidr_hint", 4 * HintWords * sizeof(ulong));
        for (var index = 0; index < 65536; index++)
        {
            if (IsHinted(rule, index))
            {
                hint.Word(((rule.Network.IsIpv6 ? HintWords : 0) + (index >> 6)) * sizeof(ulong)) |= 1ul << (index & 63);
            }
        }
    }

    private static bool IsHinted(PrefixRule rule, int index)
    {
        var raw = Raw(rule.Network);
        var first = BinaryPrimitives.ReadUInt16BigEndian(raw);
        if (rule.Network.IsIpv6)
        {
            return rule.Length < 32 || index == (first ^ BinaryPrimitives.ReadUInt16BigEndian(raw.AsSpan(2)));
        }

        return rule.Length >= 16 ? index == first : (index ^ first) >> (16 - rule.Length) == 0;
    }

    private ulong Whole(PacketAddress address)
    {
        var near = tables.Hash.Near(address);
        if (!address.IsIpv6)
        {
            return near;
        }

        var mixed = unchecked((near ^ BinaryPrimitives.ReadUInt64LittleEndian(Raw(address).AsSpan(8))) * tables.Hash.Factor);
        return mixed ^ mixed >> 32;
    }

    private static ulong Word(Limit limit) => (ulong)limit.Burst << 32 | limit.Drain;

    private static ushort Meta(PeerMeta meta) => (ushort)((int)meta.Class | meta.Weight << 4);

    private static byte[] Mapped(PacketAddress address) =>
        address.IsIpv6 ? Raw(address) : [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, .. Raw(address)];

    private static byte[] Raw(PacketAddress address)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address.Bits);
        return address.IsIpv6 ? bytes : bytes[12..];
    }
}

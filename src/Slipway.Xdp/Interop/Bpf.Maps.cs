using System.Runtime.InteropServices;
using System.Text;
using Slipway.Xdp.Failures;

namespace Slipway.Xdp.Interop;

internal static unsafe partial class Bpf
{
    public static BpfHandle CreateMap(BpfMapType type, string name, uint keySize, uint valueSize, uint entries, uint flags = 0)
    {
        var attributes = new BpfAttributes.MapCreate
        {
            Type = (uint)type,
            KeySize = keySize,
            ValueSize = valueSize,
            MaxEntries = entries,
            Flags = flags,
        };
        Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, 15)), new Span<byte>(attributes.Name, 15));
        Check(TryCall(BpfCommand.MapCreate, &attributes, sizeof(BpfAttributes.MapCreate), out var fd), $"creating the map {name}");
        return new BpfHandle(fd);
    }

    public static MapFacts MapFactsOf(BpfHandle map)
    {
        BpfAttributes.MapInfo info = default;
        ReadInfo(map, &info, sizeof(BpfAttributes.MapInfo), "a map");
        return new MapFacts((BpfMapType)info.Type, info.Id, NameOf(info.Name), info.KeySize, info.ValueSize, info.MaxEntries, info.Flags);
    }

    /// <summary>0, or the errno: ENOENT where the key is not there.</summary>
    public static int TryLookup(BpfHandle map, ReadOnlySpan<byte> key, Span<byte> value)
    {
        fixed (byte* keyBytes = key)
        fixed (byte* valueBytes = value)
        {
            return Element(BpfCommand.MapLookup, map, keyBytes, valueBytes, 0);
        }
    }

    public static int TryUpdate(BpfHandle map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags = 0)
    {
        fixed (byte* keyBytes = key)
        fixed (byte* valueBytes = value)
        {
            return Element(BpfCommand.MapUpdate, map, keyBytes, valueBytes, flags);
        }
    }

    public static int TryDelete(BpfHandle map, ReadOnlySpan<byte> key)
    {
        fixed (byte* keyBytes = key)
        {
            return Element(BpfCommand.MapDelete, map, keyBytes, null, 0);
        }
    }

    /// <summary>The key after <paramref name="key"/>, or the first one when it is empty or not there; ENOENT at the end.</summary>
    public static int TryNextKey(BpfHandle map, ReadOnlySpan<byte> key, Span<byte> next)
    {
        fixed (byte* keyBytes = key)
        fixed (byte* nextBytes = next)
        {
            return Element(BpfCommand.MapNextKey, map, keyBytes, nextBytes, 0);
        }
    }

    /// <summary>Writes <paramref name="count"/> elements in one call.</summary>
    public static int TryUpdateBatch(BpfHandle map, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, int count)
    {
        fixed (byte* keyBytes = keys)
        fixed (byte* valueBytes = values)
        {
            var attributes = new BpfAttributes.MapBatch
            {
                Keys = (ulong)keyBytes,
                Values = (ulong)valueBytes,
                Count = (uint)count,
                MapFd = (uint)map.Fd,
            };
            return TryCall(BpfCommand.MapUpdateBatch, &attributes, sizeof(BpfAttributes.MapBatch), out _);
        }
    }

    /// <summary>Maps the values of an array map (BPF_F_MMAPABLE) into our memory, shared with the programs that use it.</summary>
    public static void* MapMemory(BpfHandle map, nuint length, bool writable, nint offset)
    {
        var memory = Libc.Mmap(null, length, Libc.ProtRead | (writable ? Libc.ProtWrite : 0), Libc.MapShared, map.Fd, offset);
        if ((nint)memory == -1)
        {
            throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), "mapping a map's memory");
        }

        return memory;
    }

    private static int Element(BpfCommand command, BpfHandle map, byte* key, byte* value, ulong flags)
    {
        var attributes = new BpfAttributes.MapElement
        {
            MapFd = (uint)map.Fd,
            Key = (ulong)key,
            ValueOrNextKey = (ulong)value,
            Flags = flags,
        };
        return TryCall(command, &attributes, sizeof(BpfAttributes.MapElement), out _);
    }
}

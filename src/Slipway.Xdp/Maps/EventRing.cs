using System.Net;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Layout;

namespace Slipway.Xdp.Maps;

/// <summary>
/// Takes samples out of the ring buffer: one page with our position, one with the kernel's, then the data twice in a row, so
/// that no record is broken at the end (kernel: Documentation/bpf/ringbuf.rst). One reader at a time.
/// </summary>
internal sealed unsafe class EventRing : IDisposable
{
    private const uint BusyBit = 1u << 31;
    private const uint DiscardBit = 1u << 30;
    private const int HeaderBytes = 8;

    private readonly BpfHandle _map;
    private readonly uint _size;
    private readonly MappedMemory _consumer;
    private readonly MappedMemory _producer;

    public EventRing(BpfHandle map)
    {
        _map = map;
        _size = Bpf.MapFactsOf(map).MaxEntries;
        _consumer = MappedMemory.Of(map, Environment.SystemPageSize);
        _producer = MappedMemory.Of(map, Environment.SystemPageSize, writable: false, Environment.SystemPageSize);
    }

    /// <summary>What has come since the last call, at most so many; the rest waits.</summary>
    public IReadOnlyList<DropSample> Take(int most)
    {
        var position = Volatile.Read(ref *(ulong*)_consumer.Pointer);
        if (position == Volatile.Read(ref *(ulong*)_producer.Pointer))
        {
            return [];
        }

        var taken = new List<DropSample>();
        // Only while there is something to read: the kernel counts the data twice as our memory, as often as it is mapped.
        using var data = MappedMemory.Of(_map, 2L * _size, writable: false, 2L * Environment.SystemPageSize);
        while (taken.Count < most && position < Volatile.Read(ref *(ulong*)_producer.Pointer))
        {
            var record = data.Pointer + (position & (_size - 1));
            var length = Volatile.Read(ref *(uint*)record);
            if ((length & BusyBit) != 0)
            {
                // Reserved, and not yet written.
                break;
            }

            var bytes = length & ~DiscardBit;
            if ((length & DiscardBit) == 0 && bytes >= sizeof(EventLayout))
            {
                taken.Add(Read((EventLayout*)(record + HeaderBytes)));
            }

            position += (bytes + HeaderBytes + 7) / 8 * 8;
            Volatile.Write(ref *(ulong*)_consumer.Pointer, position);
        }

        return taken;
    }

    public void Dispose()
    {
        _consumer.Dispose();
        _producer.Dispose();
    }

    private static DropSample Read(EventLayout* found) => new(
        found->Ticks,
        found->Ifindex,
        (Verdict)found->Verdict,
        (PortRole)found->Role,
        (PeerClass)found->Class,
        (Reason)found->Reason,
        AddressOf(found->Source),
        AddressOf(found->Destination),
        found->SourcePort,
        found->DestinationPort,
        found->Protocol,
        found->Length,
        new ReadOnlySpan<byte>(found->Frame, Math.Min((int)found->Captured, EventLayout.FrameBytes)).ToArray());

    private static IPAddress AddressOf(byte* bytes)
    {
        var address = new IPAddress(new ReadOnlySpan<byte>(bytes, 16));
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}

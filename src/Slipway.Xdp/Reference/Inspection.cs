using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Slipway.Xdp.Reference;

/// <summary>
/// One frame on its way through the rules of bpf/README.md, whose numbers stand at the methods. Offsets count from the
/// start of the frame. This part knows how to read and to note; the rules are in the other parts, in order.
/// </summary>
internal sealed partial class Inspection(
    FilterTables tables,
    Hook hook,
    ReadOnlyMemory<byte> frame,
    int readable,
    Buckets? buckets,
    uint tick,
    List<ExplainStep>? steps)
{
    // What has become known so far; drops of the first rules look the source up although nothing else is known yet.
    private PortRole _role;
    private PacketAddress _source;
    private PeerMeta _peer;

    public bool IsTraced => steps is not null;

    private int Length => frame.Length;

    /// <summary>Bytes from an offset to the frame's end, as the headers may claim them.</summary>
    private int Left(int at) => Length - at;

    /// <summary>Whether the program can read them: a frame of several buffers shows only its first.</summary>
    private bool Sees(int at, int count) => at + count <= readable;

    private byte Byte(int at) => frame.Span[at];

    private ReadOnlySpan<byte> Bytes(int at, int count) => frame.Span.Slice(at, count);

    private int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(Bytes(at, 2));

    private uint DoubleWord(int at) => BinaryPrimitives.ReadUInt32BigEndian(Bytes(at, 4));

    private int LittleWord(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(at, 2));

    private uint LittleDoubleWord(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, 4));

    private ulong LittleQuadWord(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(at, 8));

    /// <summary>Notes what was looked at, and says whether it was as expected.</summary>
    private bool Is(
        bool holds,
        int? offset,
        string field,
        [InterpolatedStringHandlerArgument("")] StepText found,
        [InterpolatedStringHandlerArgument("")] StepText expected)
    {
        steps?.Add(new ExplainStep(offset, field, found.Finish(), expected.Finish(), holds));
        return holds;
    }

    /// <summary>Notes something that may have any value.</summary>
    private void Note(int? offset, string field, [InterpolatedStringHandlerArgument("")] StepText found) =>
        steps?.Add(new ExplainStep(offset, field, found.Finish(), "", Holds: true));

    private Judgement Pass(Reason reason) => new(Verdict.Pass, _role, _peer.Class, reason);
}

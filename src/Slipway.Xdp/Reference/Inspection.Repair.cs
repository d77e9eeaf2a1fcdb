namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    private const uint RepairPong = 7, FirstRepairRequest = 8, LastRepairRequest = 14;

    /// <summary>To the repair client: a shred with a nonce, or the ping of a server that wants to know who asks.</summary>
    private Reason? RepairResponse(int at, int length)
    {
        if (length != PingLength)
        {
            return Shred(at, length);
        }

        return !Sees(at, 4) || Is(LittleDoubleWord(at) == 0, at, "repair ping", $"tag {LittleDoubleWord(at)}", $"0") ? null : Reason.RepairTag;
    }

    /// <summary>To the repair server. Layout: Agave, core/src/repair/serve_repair.rs.</summary>
    private Reason? RepairRequest(int at, int length)
    {
        if (!Is(length >= 4, at, "repair request", $"{length} bytes", $"at least 4"))
        {
            return Reason.RepairSize;
        }

        if (!Sees(at, 4))
        {
            return null;
        }

        var tag = LittleDoubleWord(at);
        if (!Is(tag is >= RepairPong and <= LastRepairRequest, at, "repair tag", $"{tag}", $"{RepairPong} to {LastRepairRequest}"))
        {
            return Reason.RepairTag;
        }

        var (shortest, longest) = tag switch
        {
            RepairPong => (PingLength, PingLength),
            8 or 9 => (160, 160), // WindowIndex, HighestWindowIndex
            10 or 11 => (152, 152), // Orphan, AncestorHashes
            _ => (144, LongestDatagram), // newer ones: the common header at least
        };
        if (!Is(length >= shortest && length <= longest, at, "repair request", $"{length} bytes", $"{shortest} to {longest}"))
        {
            return Reason.RepairSize;
        }

        var isChecked = tag >= FirstRepairRequest && tables.Identity.Span.ContainsAnyExcept((byte)0) && Sees(at + 100, 32);
        return !isChecked
            || Is(Bytes(at + 100, 32).SequenceEqual(tables.Identity.Span), at + 100, "recipient", $"{Convert.ToHexString(Bytes(at + 100, 32))}", $"{Convert.ToHexString(tables.Identity.Span)} (own identity)")
            ? null
            : Reason.RepairRecipient;
    }
}

namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    /// <summary>A compact-u16 count of signatures of 64 bytes; then at least a header of 3 bytes and a blockhash of 32.</summary>
    private Reason? Transaction(int at, int length)
    {
        if (!Is(length is >= 1 and <= LongestDatagram, at, "transaction", $"{length} bytes", $"1 to {LongestDatagram}"))
        {
            return Reason.Transaction;
        }

        if (!Sees(at, 1))
        {
            return null;
        }

        var signatures = Byte(at);
        if (!Is(signatures != 0, at, "signatures", $"{signatures}", $"at least 1"))
        {
            return Reason.Transaction;
        }

        // From 128 on it is a format to come, whose lengths nobody knows yet.
        var shortest = signatures < 128 ? 36 + 64 * signatures : 1;
        return Is(length >= shortest, at, "transaction", $"{length} bytes", $"at least {shortest} for {signatures} signatures") ? null : Reason.Transaction;
    }
}

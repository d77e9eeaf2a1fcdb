namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    private const int ShortestShred = 1200, MostShredsInSlot = 32768;

    /// <summary>Layout: Agave, ledger/src/shred.rs; Firedancer, ballet/shred/fd_shred.h.</summary>
    private Reason? Shred(int at, int length)
    {
        if (!Is(length is >= ShortestShred and <= LongestDatagram, at, "shred", $"{length} bytes", $"{ShortestShred} to {LongestDatagram}"))
        {
            return Reason.ShredSize;
        }

        // The program takes these fields together or not at all.
        if (!Sees(at + 0x40, 0x4F - 0x40))
        {
            return null;
        }

        var variant = Byte(at + 0x40);
        if (!Is(variant is >= 0x40 and <= 0xBF, at + 0x40, "shred variant", $"0x{variant:X2}", $"0x40 to 0xBF"))
        {
            return Reason.ShredVariant;
        }

        var index = LittleDoubleWord(at + 0x49);
        if (!Is(index < MostShredsInSlot, at + 0x49, "shred index", $"{index}", $"below {MostShredsInSlot}"))
        {
            return Reason.ShredIndex;
        }

        var version = LittleWord(at + 0x4D);
        return Is(tables.ShredVersion == 0 || version == tables.ShredVersion, at + 0x4D, "shred version", $"{version}", $"{tables.ShredVersion}") ? null : Reason.ShredVersion;
    }
}

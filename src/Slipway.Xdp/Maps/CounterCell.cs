namespace Slipway.Xdp.Maps;

/// <summary>What happened to packets of one role and group for one reason.</summary>
/// <param name="WouldDrop">Passed, though the reason is to drop: observe mode, or an agent that is silent.</param>
/// <param name="Packets">Since the maps were made.</param>
/// <param name="Bytes">Of whole frames; of a frame in several buffers that is not IP, the first.</param>
public readonly record struct CounterCell(PortRole Role, PeerGroup Group, Reason Reason, bool WouldDrop, ulong Packets, ulong Bytes)
{
    public Verdict Verdict => WouldDrop ? Verdict.WouldDrop
        : Reason.IsExile() ? Verdict.Exile
        : Reason.IsDrop() ? Verdict.Drop
        : Verdict.Pass;
}

namespace Slipway.Kernel.Tests.Corpus;

/// <param name="Protocol">0x8100 (802.1Q) or 0x88A8 (802.1ad).</param>
/// <param name="Control">Priority in the top three bits, VLAN id in the low twelve.</param>
internal readonly record struct VlanTag(ushort Protocol, ushort Control)
{
    public static VlanTag Inner { get; } = new(0x8100, 100);

    public static VlanTag Outer { get; } = new(0x88A8, 200);

    /// <summary>No VLAN, only a priority.</summary>
    public static VlanTag Priority { get; } = new(0x8100, 0xE000);
}

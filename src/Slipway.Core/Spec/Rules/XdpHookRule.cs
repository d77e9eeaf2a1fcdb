using Slipway.Core.Spec.Reading;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Rules;

/// <summary>
/// A NIC has one XDP hook. Cilium 1.16 to 1.19 has no dispatcher: with native acceleration its agent dies when the hook is
/// taken, with best-effort whoever comes first keeps it.
/// </summary>
internal sealed class XdpHookRule : ISpecRule
{
    /// <summary>From here on Cilium tries again with multi-buffer support when a driver refuses a large MTU (cilium PR 41967).</summary>
    private static readonly ReleaseVersion LoadsWithFragments = new(1, 19, 0);

    /// <summary>Single-buffer XDP fits a page; the strictest common driver ends at some 3,000 bytes.</summary>
    private const int SingleBufferMtu = 3000;

    public void Check(SpecValue root, SpecFindings findings)
    {
        var acceleration = root.Find("cilium", "acceleration");
        var filter = root.TextOf("xdp", "mode") is { } mode && mode != "off";
        if (acceleration?.Text == "native" && filter)
        {
            findings.Error(acceleration, "Cilium's native acceleration and Slipway's XDP filter want the same hook of the NIC", "acceleration: disabled, or xdp mode: off", "services keep working in eBPF without acceleration");
        }
        else if (acceleration?.Text == "best-effort" && filter)
        {
            findings.Warning(acceleration, "with best-effort, Cilium may take the NIC's XDP hook before Slipway's filter", "acceleration: disabled");
        }

        var mtu = root.Find("network") is { } network && network.Find("mtu") is { } value ? value.IntegerOf() : 9000;
        var cilium = root.TextOf("cilium", "version") is { } version ? ReleaseVersion.Parse(version) : CiliumSpec.DefaultVersion;
        if (acceleration?.Text == "native" && mtu > SingleBufferMtu && cilium < LoadsWithFragments)
        {
            findings.Warning(acceleration, $"Cilium {cilium.Line} cannot load XDP at MTU {mtu} on most NICs, and with native its agent then does not start (cilium issue 35426)", "acceleration: disabled or best-effort");
        }
    }
}

using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A spec that asks for the filter must not be told that it has one.</summary>
internal sealed class XdpFilterRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        if (root.Find("xdp", "mode") is { } mode && mode.Text != "off")
        {
            findings.Warning(mode, "this Slipway has no XDP filter yet: nothing is filtered", "off", "network policies work without it");
        }
    }
}

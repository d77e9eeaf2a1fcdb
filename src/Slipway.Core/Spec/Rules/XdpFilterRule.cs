using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A spec that asks for the filter must not be told that it has one.</summary>
internal sealed class XdpFilterRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        if (root.Find("xdp", "mode") is { } mode && mode.Text != "off")
        {
            findings.Warning(mode, "a run does not put the filter's extension onto nodes yet: nothing is filtered on a node whose installer lacks slipway-xdp", "off", "network policies work without it; 'slipway extension build' makes the image for Talos' imager");
        }
    }
}

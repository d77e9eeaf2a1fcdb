using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A disk is only ever wiped by a name that no other disk can have.</summary>
internal sealed class WipeRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        foreach (var install in root.ItemsOf("nodes").Select(node => node.Find("install")).OfType<SpecValue>())
        {
            if (install.BooleanOf("wipe") is true && install.Find("disk") is not null && install.Find("serial") is null && install.Find("wwid") is null)
            {
                findings.Error(install.Find("wipe")!, $"would wipe {install.TextOf("disk")}, a name that another disk may have after a boot", "serial or wwid with wipe", "'slipway init' shows the serial and WWID of each disk");
            }
        }
    }
}

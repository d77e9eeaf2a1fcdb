using System.Globalization;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The driver runs XDP in native mode at the wanted MTU.</summary>
internal sealed class LinkXdpCheck : NodeCheck
{
    public override string Id => "link.xdp";

    public override string Why => "without native XDP, or with an MTU that its frames do not fit, a filter falls back to tc and costs several times as much a packet";

    public override CheckMoments Moments => CheckMoments.BlankMachine | CheckMoments.Running;

    public override bool EndsRun => false;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (!subject.WantsXdp)
        {
            yield return NotApplicable("nobody asks for XDP on this node");
            yield break;
        }

        foreach (var nic in subject.Nics)
        {
            var mtu = Math.Max(nic.Mtu, subject.WantedMtu ?? nic.Mtu);
            var expected = string.Create(CultureInfo.InvariantCulture, $"native XDP at MTU {mtu}");
            if (XdpDriver.Find(nic.Driver ?? "") is not { } driver)
            {
                yield return Warn(expected, $"driver {nic.Driver ?? "unknown"}, of which no native XDP is known", "the filter uses tc there; for native XDP take a NIC of the mlx5, ice or bnxt kind", nic.Name);
            }
            else if (!driver.Takes(mtu))
            {
                var most = driver.MaxMtu > 0 ? driver.MaxMtu : 1500;
                // The filter has a way round; Cilium's agent and a validator with AF_XDP have none.
                yield return Judge(false, expected, $"{driver.Name} takes no frames of several pieces: at most MTU {most}", $"lower the MTU to {most} or less, or accept tc in place of XDP on this node",
                    nic.Name, subject.NeedsXdp ? CheckOutcome.Fail : CheckOutcome.Warn);
            }
            else
            {
                var got = $"{driver.Name}, {(driver.Frags && mtu > driver.MaxMtu ? "in several pieces" : "in one piece")}";
                yield return driver.Note is null ? Pass(expected, got, nic.Name) : Warn(expected, $"{got}; {driver.Note}", "measure it on this NIC before relying on it", nic.Name);
            }
        }

        if (subject.Nics.Count == 0)
        {
            yield return NotApplicable("no physical link carries the node's traffic");
        }
    }
}

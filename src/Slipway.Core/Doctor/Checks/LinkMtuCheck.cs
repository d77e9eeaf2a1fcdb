namespace Slipway.Core.Doctor.Checks;

/// <summary>The MTU on every hop of the node's own network: VLAN, bond, each NIC.</summary>
internal sealed class LinkMtuCheck : NodeCheck
{
    public override string Id => "link.mtu";

    public override string Why => "Cilium gives pods the MTU of the spec: a hop below it drops or splits every large packet, and nothing says so";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Hops.Count == 0)
        {
            yield return NotApplicable("no link carries the node's address");
        }

        foreach (var link in subject.Hops)
        {
            var wanted = link == subject.MainLink || link.IsPhysical ? subject.WantedMtu ?? subject.Intent.Links.GetValueOrDefault(link.Name)?.Mtu : subject.Intent.Links.GetValueOrDefault(link.Name)?.Mtu;
            yield return wanted is not { } mtu
                ? NotApplicable("neither spec nor machine config asks for an MTU", link.Name)
                : Judge(link.Mtu == mtu || (link != subject.MainLink && link.Mtu > mtu), $"{mtu}", $"{link.Mtu}", Fix(subject, link.Mtu < mtu), link.Name);
        }
    }

    private static string Fix(NodeSubject subject, bool low) => subject.Node.Interface is null
        ? low ? "name the node's interface in the spec so that Slipway sets its MTU, or lower network.mtu" : "set network.mtu to what the links have"
        : "'slipway plan' shows whether the config asks for it; a driver may refuse an MTU while a program without fragments sits on its XDP hook";
}

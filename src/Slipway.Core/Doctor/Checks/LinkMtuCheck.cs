namespace Slipway.Core.Doctor.Checks;

/// <summary>The MTU on every hop of the node's network: VLAN, bond, each NIC, and Cilium's own link on the way to the pods.</summary>
internal sealed class LinkMtuCheck : NodeCheck
{
    private const string CiliumLink = "cilium_host";

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
            // The node's own network has the spec's MTU; what lies beneath may be asked for a larger one.
            var asked = subject.Intent.Links.GetValueOrDefault(link.Name)?.Mtu;
            var wanted = link == subject.MainLink ? subject.WantedMtu ?? asked : asked ?? (link.IsPhysical ? subject.WantedMtu : null);
            yield return wanted is not { } mtu
                ? NotApplicable("neither spec nor machine config asks for an MTU", link.Name)
                : Judge(link.Mtu == mtu || (link != subject.MainLink && link.Mtu > mtu), $"{mtu}", $"{link.Mtu}", Fix(subject, link.Mtu < mtu), link.Name, IsOurs(subject) ? CheckOutcome.Fail : CheckOutcome.Warn);
        }

        if (subject.Spec is not null && subject.Seen.Links.FirstOrDefault(link => link.Name == CiliumLink) is { } cilium)
        {
            yield return Judge(cilium.Mtu == subject.WantedMtu, $"{subject.WantedMtu}", $"{cilium.Mtu}", "Cilium sets it when its agent starts: restart the agent on this node after a change of MTU", CiliumLink, CheckOutcome.Warn);
        }
    }

    /// <summary>Where neither spec nor config says a word about a link, nobody was asked to set it, and the spec's MTU may be its default.</summary>
    private static bool IsOurs(NodeSubject subject) => subject.Node.Interface is not null || subject.Intent.Links.Count > 0;

    private static string Fix(NodeSubject subject, bool low) => subject.Node.Interface is null
        ? low ? "name the node's interface in the spec so that Slipway sets its MTU, or lower network.mtu" : "set network.mtu to what the links have"
        : "'slipway plan' shows whether the config asks for it; a driver may refuse an MTU while a program without fragments sits on its XDP hook";
}

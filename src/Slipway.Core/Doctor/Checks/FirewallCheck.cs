namespace Slipway.Core.Doctor.Checks;

/// <summary>Talos' firewall stands.</summary>
internal sealed class FirewallCheck : NodeCheck
{
    /// <summary>Talos: internal/app/machined/pkg/controllers/network/nftables_chain_config.go, IngressChainName.</summary>
    private const string Ingress = "ingress";

    private const string Drop = "drop";

    public override string Id => "network.firewall";

    public override string Why => "until Cilium's host policies rule, nothing else stands between the Internet and kubelet, etcd and the Talos API";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (!subject.Intent.BlocksIngress)
        {
            yield return NotApplicable("the machine config blocks nothing");
            yield break;
        }

        var got = subject.Detail.Chains.GetValueOrDefault(Ingress);
        yield return Judge(got == Drop, $"the chain {Ingress} with the policy {Drop}", got is null ? "no such chain" : $"its policy is {got}", "look at 'talosctl logs controller-runtime' for nftables");
    }
}

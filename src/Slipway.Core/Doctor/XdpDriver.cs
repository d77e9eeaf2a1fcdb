namespace Slipway.Core.Doctor;

/// <summary>What a NIC's driver can do for XDP, on x86 with pages of 4 KiB. From public driver tables, not from a trial on the NIC itself.</summary>
/// <param name="Frags">Takes frames that span pages, which an MTU above <paramref name="MaxMtu"/> needs.</param>
/// <param name="MaxMtu">Largest MTU of a program without fragments; 0 when it is not known.</param>
/// <param name="Note">What else an operator should know; null when there is nothing.</param>
public sealed record XdpDriver(string Name, bool Frags, int MaxMtu, string? Note = null)
{
    private static readonly Dictionary<string, XdpDriver> Known = new XdpDriver[]
    {
        new("mlx5_core", true, 3498),
        new("virtio_net", true, 3506),
        new("bnxt_en", true, 3502, "AF_XDP in copy mode only"),
        new("ixgbe", false, 3050),
        new("ixgbevf", false, 3050),
        new("i40e", true, 3046, "its fragments are known to be faulty: try it before relying on it"),
        new("ice", true, 3046),
        new("veth", true, 3520),
        new("ena", false, 3498),
        new("gve", false, 2032),
        new("igb", false, 0),
        new("igc", false, 1500),
        new("vmxnet3", false, 0),
        new("hv_netvsc", false, 0),
        new("idpf", false, 0),
    }.ToDictionary(driver => driver.Name, StringComparer.Ordinal);

    /// <summary>Null for a driver of which no native XDP is known.</summary>
    public static XdpDriver? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Whether native XDP attaches at this MTU, as far as the tables say.</summary>
    public bool Takes(int mtu) => Frags || mtu <= (MaxMtu > 0 ? MaxMtu : 1500);
}

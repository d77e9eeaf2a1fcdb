namespace Slipway.Talos.Cosi;

/// <param name="Address">In CIDR form.</param>
public sealed record AddressStatusView(string Link, string Address)
{
    public static AddressStatusView Of(CosiResource resource) => new(resource.Text("linkName") ?? "", resource.Text("address") ?? "");
}

namespace Slipway.Talos.Pki;

/// <summary>The roles that a client certificate can carry as organizations (Talos pkg/machinery/role/role.go).</summary>
public static class TalosRoles
{
    /// <summary>Everything: configs, bootstrap, upgrades, resets, files, kubeconfigs and sensitive resources.</summary>
    public const string Admin = "os:admin";

    /// <summary>
    /// From the most to the least. os:impersonator is left out: it is what Talos' own proxies sign in with, and whoever has it
    /// can be anybody.
    /// </summary>
    public static IReadOnlyList<string> All { get; } = [Admin, "os:operator", "os:reader", "os:etcd:backup", "os:image:verifier", "os:meta:writer"];
}

namespace Slipway.Core.Planning;

/// <summary>The names of the phases, as plans, journals and events carry them.</summary>
public static class PhaseIds
{
    public const string Secrets = "secrets";
    public const string Connect = "connect";
    public const string Preflight = "preflight";
    public const string Upgrade = "upgrade";
    public const string ControlPlanes = "control-planes";
    public const string Workers = "workers";
    public const string UpgradeInstalled = "upgrade-installed";
    public const string Install = "install";
    public const string Bootstrap = "bootstrap";
    public const string Etcd = "etcd";
    public const string Access = "access";
    public const string ControlPlane = "control-plane";
    public const string Uncordon = "uncordon";
    public const string Cilium = "cilium";
    public const string Nodes = "nodes";
    public const string Policies = "policies";
    public const string Verify = "verify";
}

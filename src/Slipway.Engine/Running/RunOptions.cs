using Slipway.Core.Planning.Draining;

namespace Slipway.Engine.Running;

/// <summary>How a run goes about its work. Times are what real machines need; a rehearsal keeps them and bends time instead.</summary>
public sealed record RunOptions
{
    /// <summary>Workers that are configured, and nodes that are asked, at the same time.</summary>
    public int Parallelism { get; init; } = 32;

    /// <summary>How long a node may take to answer for the first time.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a node that boots may go on refusing us, or showing a certificate that is not its cluster's, before that is
    /// believed: certificates change while it takes its config, but not for minutes.
    /// </summary>
    public TimeSpan RefusalTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// After a connection was lost around a call: how long the node is left alone before it is asked what became of the call.
    /// Talos leaves maintenance mode a second after it took a config.
    /// </summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sends network changes that cannot be tried first, at the operator's own word.</summary>
    public bool MayLoseNodes { get; init; }

    /// <summary>From sending a config to a node that has booted from its disk: servers spend minutes in firmware.</summary>
    public TimeSpan InstallTimeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>From asking for an upgrade to a node that is back: pull, installer, firmware, boot.</summary>
    public TimeSpan UpgradeTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Workers that are down at the same time, and never more than half of all: their pods need room elsewhere. Control planes go down one
    /// by one in any case.
    /// </summary>
    public int UpgradeParallelism { get; init; } = 4;

    /// <summary>How nodes are emptied before a reboot that the run brings about.</summary>
    public DrainOptions Drain { get; init; } = new();

    public TimeSpan BootstrapTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For all control planes to join etcd; Talos itself gives up after 30 minutes.</summary>
    public TimeSpan EtcdTimeout { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan ControlPlaneTimeout { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan CiliumTimeout { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan PolicyTimeout { get; init; } = TimeSpan.FromMinutes(3);

    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a check of a node that runs may go on failing before that is believed: services and links settle within seconds.</summary>
    public TimeSpan CheckupTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two looks at the same thing.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A node whose stage is watched is looked at as a whole this often: not everything that goes wrong changes the stage.</summary>
    public TimeSpan FollowAtMost { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Talos reboots a node whose boot is not complete after 70 minutes (Talos: BootTimeout), and boot waits for the CNI.</summary>
    public TimeSpan BootLimit { get; init; } = TimeSpan.FromMinutes(70);
}

namespace Slipway.Talos.Connections;

/// <summary>
/// How long each call may take as a whole. A call that is not in the table cannot be made; streams that follow
/// something have a deadline too, for a peer that vanished may never say so.
/// </summary>
public static class RpcDeadlines
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Moderate = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Transfer = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Install = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Follow = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, TimeSpan> Table = new(StringComparer.Ordinal)
    {
        // Validation and, outside maintenance, applying happen before the answer.
        ["/machine.MachineService/ApplyConfiguration"] = TimeSpan.FromMinutes(1),
        ["/machine.MachineService/GenerateClientConfiguration"] = Quick,
        // The node itself waits 5 s for its clock.
        ["/machine.MachineService/Bootstrap"] = Moderate,
        ["/machine.MachineService/EtcdMemberList"] = Quick,
        ["/machine.MachineService/EtcdStatus"] = Quick,
        ["/machine.MachineService/EtcdSnapshot"] = Transfer,
        ["/machine.MachineService/EtcdRecover"] = Transfer,
        ["/machine.MachineService/EtcdRemoveMemberByID"] = Moderate,
        ["/machine.MachineService/EtcdLeaveCluster"] = Long,
        ["/machine.MachineService/EtcdForfeitLeadership"] = Moderate,
        ["/machine.MachineService/Reboot"] = Moderate,
        // Unless forced it drains first.
        ["/machine.MachineService/Shutdown"] = TimeSpan.FromMinutes(10),
        ["/machine.MachineService/Reset"] = TimeSpan.FromMinutes(10),
        ["/machine.MachineService/Rollback"] = Moderate,
        ["/machine.MachineService/Upgrade"] = Install,
        ["/machine.MachineService/MetaWrite"] = Quick,
        ["/machine.MachineService/MetaDelete"] = Quick,
        ["/machine.MachineService/ServiceList"] = Quick,
        ["/machine.MachineService/ServiceRestart"] = Long,
        ["/machine.MachineService/ServiceStart"] = Long,
        ["/machine.MachineService/ServiceStop"] = Long,
        ["/machine.MachineService/Restart"] = Long,
        ["/machine.MachineService/Logs"] = Follow,
        ["/machine.MachineService/LogsContainers"] = Quick,
        ["/machine.MachineService/Dmesg"] = Follow,
        ["/machine.MachineService/Events"] = Follow,
        ["/machine.MachineService/Read"] = Long,
        ["/machine.MachineService/Copy"] = Transfer,
        ["/machine.MachineService/List"] = Long,
        ["/machine.MachineService/Kubeconfig"] = Moderate,
        ["/machine.MachineService/Version"] = Quick,
        ["/machine.MachineService/Hostname"] = Quick,
        ["/machine.MachineService/Mounts"] = Quick,
        ["/machine.MachineService/NetworkDeviceStats"] = Quick,
        ["/machine.MachineService/CPUInfo"] = Quick,
        ["/machine.MachineService/ImageList"] = Moderate,
        ["/machine.MachineService/ImagePull"] = Transfer,
        ["/machine.LifecycleService/Install"] = Install,
        ["/machine.LifecycleService/Upgrade"] = Install,
        ["/machine.ImageService/List"] = Moderate,
        ["/machine.ImageService/Pull"] = Transfer,
        ["/machine.ImageService/Import"] = Transfer,
        ["/machine.ImageService/Remove"] = Moderate,
        ["/machine.ImageService/Verify"] = Moderate,
        ["/storage.StorageService/Disks"] = Quick,
        ["/storage.StorageService/BlockDeviceWipe"] = Transfer,
        ["/time.TimeService/Time"] = Moderate,
        ["/time.TimeService/TimeCheck"] = Moderate,
        ["/cluster.ClusterService/HealthCheck"] = Install,
        ["/cosi.resource.State/Get"] = Quick,
        ["/cosi.resource.State/List"] = Moderate,
        ["/cosi.resource.State/Watch"] = Follow,
    };

    /// <param name="method">Full gRPC name: <c>/machine.MachineService/Version</c>.</param>
    public static TimeSpan Of(string method) => Table.TryGetValue(method, out var deadline)
        ? deadline
        : throw new InvalidOperationException($"{method} has no deadline: give it one in the table");
}

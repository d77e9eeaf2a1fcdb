using System.Collections.Frozen;

namespace Slipway.Rehearsal.Serving;

/// <summary>Who may call what (Talos internal/app/machined/pkg/system/services/machined.go). A method that is not in the table is the administrator's.</summary>
internal static class CallPolicy
{
    public const string Admin = "os:admin";
    public const string Operator = "os:operator";
    public const string Reader = "os:reader";
    public const string EtcdBackup = "os:etcd:backup";
    public const string MetaWriter = "os:meta:writer";
    public const string ImageVerifier = "os:image:verifier";

    private static readonly FrozenDictionary<string, string[]> Extra = new Dictionary<string, string[]>
    {
        // The handler itself looks at the role, because in maintenance anybody may.
        ["ApplyConfiguration"] = [Reader, Operator],
        ["Reboot"] = [Operator],
        ["Restart"] = [Operator],
        ["Shutdown"] = [Operator],
        ["ServiceStart"] = [Operator],
        ["ServiceStop"] = [Operator],
        ["ServiceRestart"] = [Operator],
        ["ImagePull"] = [Operator],
        ["ImageService/Pull"] = [Operator],
        ["EtcdSnapshot"] = [Operator, EtcdBackup],
        ["MetaWrite"] = [MetaWriter],
        ["MetaDelete"] = [MetaWriter],
        ["ImageService/Verify"] = [Operator, Reader, ImageVerifier],
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Readers = new[]
    {
        "Version", "Hostname", "ServiceList", "Mounts", "NetworkDeviceStats", "CPUInfo", "EtcdMemberList", "EtcdStatus", "Logs", "LogsContainers",
        "Dmesg", "Events", "List", "ImageList", "Disks", "Time", "TimeCheck", "HealthCheck", "ImageService/List", "State/Get", "State/List", "State/Watch",
    }.ToFrozenSet();

    /// <summary>What a node in maintenance lets anybody do from 1.13 on, beside reading.</summary>
    private static readonly FrozenSet<string> InMaintenance = new[] { "ApplyConfiguration", "BlockDeviceWipe" }.ToFrozenSet();

    /// <summary>What the small server of maintenance up to 1.12 has at all for peers outside SideroLink.</summary>
    private static readonly FrozenSet<string> InOldMaintenance =
        new[] { "ApplyConfiguration", "Disks", "BlockDeviceWipe", "State/Get", "State/List", "State/Watch" }.ToFrozenSet();

    public static bool IsServedInOldMaintenance(string service, string method) => InOldMaintenance.Contains(Key(service, method));

    public static bool IsOpenInMaintenance(string service, string method) => InMaintenance.Contains(Key(service, method));

    public static bool IsAllowed(string service, string method, IReadOnlyList<string> roles)
    {
        var key = Key(service, method);
        return roles.Contains(Admin)
            || (Readers.Contains(key) && (roles.Contains(Reader) || roles.Contains(Operator)))
            || (Extra.TryGetValue(key, out var others) && others.Any(roles.Contains));
    }

    /// <summary>Methods of these services share names with MachineService's, so the service belongs to the key.</summary>
    private static string Key(string service, string method) => service switch
    {
        "machine.ImageService" => "ImageService/" + method,
        "machine.LifecycleService" => "LifecycleService/" + method,
        "cosi.resource.State" => "State/" + method,
        _ => method,
    };
}

using System.Globalization;
using System.Text.Json;

namespace Slipway.Core.Doctor.Checks;

/// <summary>Resource limits that containers start with.</summary>
internal sealed class LimitsCheck : NodeCheck
{
    /// <summary>The OCI spec that containerd starts every pod from (Talos pkg/machinery/constants, CRIBaseRuntimeSpec).</summary>
    private const string BaseSpec = "/etc/cri/conf.d/base-spec.json";

    /// <summary>What Anza's documentation asks for: LimitNOFILE and LimitMEMLOCK.</summary>
    private static readonly (string Name, ulong Least)[] OfValidators = [("RLIMIT_NOFILE", 1_000_000), ("RLIMIT_MEMLOCK", 2_000_000_000)];

    public override string Id => "runtime.limits";

    public override string Why => "Agave needs a million open files and 2 GB of locked memory; a container cannot raise its own limits";

    public override IEnumerable<string> Files(NodeSubject subject) => [BaseSpec];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var wanted = subject.Intent.Limits.ToDictionary(limit => limit.Key, limit => ((ulong)Math.Max(0, limit.Value), CheckOutcome.Fail));
        foreach (var (name, least) in subject.IsValidator ? OfValidators : [])
        {
            wanted.TryAdd(name, (least, CheckOutcome.Warn));
        }

        if (wanted.Count == 0)
        {
            yield return NotApplicable("no validator runs here, and the machine config sets none");
            yield break;
        }

        if (subject.File(BaseSpec) is not { Text: { } text })
        {
            yield return Unread(BaseSpec, subject.File(BaseSpec), () => NotApplicable($"{BaseSpec} is not there"));
            yield break;
        }

        var live = Read(text);
        foreach (var (name, (least, otherwise)) in wanted)
        {
            var there = live.TryGetValue(name, out var soft);
            yield return Judge(there && soft >= least, $"at least {least}", there ? soft.ToString(CultureInfo.InvariantCulture) : "none: containerd's own",
                "raise it by process.rlimits in a CRIBaseRuntimeSpecConfig (before Talos 1.14: machine.baseRuntimeSpecOverrides), or run the container privileged and raise it there", name, otherwise);
        }
    }

    /// <summary>Soft limits by name; nothing for a text that is no OCI spec.</summary>
    private static Dictionary<string, ulong> Read(string text)
    {
        var limits = new Dictionary<string, ulong>(StringComparer.Ordinal);
        try
        {
            using var spec = JsonDocument.Parse(text);
            if (spec.RootElement.ValueKind == JsonValueKind.Object && spec.RootElement.TryGetProperty("process", out var process)
                && process.ValueKind == JsonValueKind.Object && process.TryGetProperty("rlimits", out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in list.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                        && item.TryGetProperty("soft", out var soft) && soft.ValueKind == JsonValueKind.Number && soft.TryGetUInt64(out var value))
                    {
                        limits[type.GetString()!] = value;
                    }
                }
            }
        }
        catch (JsonException)
        {
            // Whoever wrote it: it sets no limit that could be relied on.
        }

        return limits;
    }
}

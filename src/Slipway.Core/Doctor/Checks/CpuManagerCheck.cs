using System.Text.Json;

namespace Slipway.Core.Doctor.Checks;

/// <summary>kubelet divides CPUs as it was told to.</summary>
internal sealed class CpuManagerCheck : NodeCheck
{
    /// <summary>kubelet's own record (Kubernetes: pkg/kubelet/cm/cpumanager/state), which it refuses to start on when its policy differs.</summary>
    private const string State = "/var/lib/kubelet/cpu_manager_state";

    public override string Id => "kubelet.cpumanager";

    public override string Why => "only the static policy gives a validator's pod whole CPUs; with another one it shares them with every other pod";

    public override IEnumerable<string> Files(NodeSubject subject) => subject.Intent.CpuManagerPolicy is null ? [] : [State];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Intent.CpuManagerPolicy is not { } wanted)
        {
            yield return NotApplicable("the machine config leaves kubelet its default");
            yield break;
        }

        var content = subject.File(State);
        yield return content.Text is { } text
            ? Judge(Policy(text) == wanted, wanted, Policy(text) ?? "no policy: the file is damaged", "restart kubelet ('talosctl service kubelet restart'); if that does not help, drain the node and reboot it")
            : Unread(State, content, () => Fail(wanted, "kubelet has written no state", "look at 'talosctl logs kubelet'"));
    }

    private static string? Policy(string text)
    {
        try
        {
            using var state = JsonDocument.Parse(text);
            return state.RootElement.ValueKind == JsonValueKind.Object && state.RootElement.TryGetProperty("policyName", out var policy) && policy.ValueKind == JsonValueKind.String ? policy.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

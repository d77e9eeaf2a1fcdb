using Slipway.Core.Planning;

namespace Slipway.Talos.Cosi;

/// <summary>MachineStatus: stage, and what keeps the node from being ready.</summary>
public sealed record MachineStatusView(NodeStage Stage, bool Ready, IReadOnlyList<UnmetCondition> Unmet)
{
    public static MachineStatusView Of(CosiResource resource) => new(
        StageOf(resource.Text("stage")),
        resource.Flag("status", "ready") ?? false,
        [.. resource.Items("status", "unmetConditions").Select(item => new UnmetCondition(item.GetValueOrDefault("name", ""), item.GetValueOrDefault("reason", "")))]);

    private static NodeStage StageOf(string? stage) => stage switch
    {
        "booting" => NodeStage.Booting,
        "installing" => NodeStage.Installing,
        "maintenance" => NodeStage.Maintenance,
        "running" => NodeStage.Running,
        "rebooting" => NodeStage.Rebooting,
        "shutting down" => NodeStage.ShuttingDown,
        "resetting" => NodeStage.Resetting,
        "upgrading" => NodeStage.Upgrading,
        _ => NodeStage.Unknown,
    };
}

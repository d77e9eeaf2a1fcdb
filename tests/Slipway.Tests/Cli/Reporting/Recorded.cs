using Slipway.Core.Planning;
using Slipway.Engine.Reporting;

namespace Slipway.Tests.Cli.Reporting;

/// <summary>The events of a short run, as an engine would tell them.</summary>
internal static class Recorded
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly PlannedAction Push = new()
    {
        Phase = "configure",
        Target = "cp-1",
        Kind = ActionKind.Create,
        Cost = ActionCost.Install,
        Summary = "send the machine config",
    };

    public static IReadOnlyList<RunEvent> Run { get; } =
    [
        new RunStarted("lab", 2, "/state/lab/runs/1") { Time = At(0) },
        new PhaseStarted("configure", "Send machine configs", 1, 2) { Time = At(0) },
        new ActionStarted(Push) { Time = At(1) },
        new NodeProgress("cp-1", "installing", "writing the disk") { Time = At(2) },
        new NodeProgress("cp-1", "installing", "writing the disk") { Time = At(3) },
        new NodeProgress("w-1", "away") { Time = At(3) },
        new ConditionChanged("configure", "cp-1 boots from its disk", ConditionState.Waiting, "installing") { Time = At(3) },
        new ActionFinished(Push, true, TimeSpan.FromSeconds(4)) { Time = At(5) },
        new ConditionChanged("configure", "cp-1 boots from its disk", ConditionState.Met) { Time = At(6) },
        new NodeProgress("cp-1", "running") { Time = At(6) },
        new PhaseFinished("configure", PhaseOutcome.Changed, TimeSpan.FromSeconds(6)) { Time = At(6) },
        new PhaseStarted("etcd", "etcd", 2, 2) { Time = At(6) },
        new Notice(true, "odd [brackets] from a peer\nin two lines") { Time = At(7) },
        new PhaseFinished("etcd", PhaseOutcome.Failed, TimeSpan.FromSeconds(65), "no quorum") { Time = At(71) },
        new RunFinished(false, 1, TimeSpan.FromSeconds(71), "no quorum") { Time = At(71) },
    ];

    public static DateTimeOffset At(int seconds) => Start.AddSeconds(seconds);
}

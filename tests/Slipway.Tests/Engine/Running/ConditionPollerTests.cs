using Microsoft.Extensions.Time.Testing;
using Slipway.Core.Failures;
using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;
using Slipway.Engine.Running;

namespace Slipway.Tests.Engine.Running;

public sealed class ConditionPollerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingReporter _reporter = new();

    [Fact]
    public async Task A_condition_is_looked_at_until_it_is_met_and_each_reason_is_told_once()
    {
        var looks = 0;
        var condition = new Condition("three looks", null, _ => Task.FromResult(++looks < 3 ? Verdict.Waiting("not yet") : Verdict.Met));

        await RunAsync([condition], TimeSpan.FromMinutes(1));

        Assert.Equal(3, looks);
        Assert.Equal([ConditionState.Waiting, ConditionState.Met], _reporter.Events.OfType<ConditionChanged>().Select(change => change.State));
    }

    [Fact]
    public async Task When_time_is_up_the_error_says_what_was_expected_and_what_was_found()
    {
        var condition = new Condition("the impossible", "cp1", _ => Task.FromResult(Verdict.Waiting("still not")));

        var error = await Assert.ThrowsAsync<SlipwayException>(() => RunAsync([condition], TimeSpan.FromSeconds(10)));

        Assert.Equal((FailureReason.TimedOut, "phase", "cp1", "the impossible", "still not"), (error.Reason, error.Phase, error.Node, error.Expected, error.Found));
    }

    [Fact]
    public async Task One_that_cannot_become_true_ends_the_wait_for_the_others()
    {
        var waiting = new Condition("never", null, _ => Task.FromResult(Verdict.Waiting("no")));
        var failing = new Condition("refused", null, _ => Task.FromResult(Verdict.Failed("for good")));

        var error = await Assert.ThrowsAsync<SlipwayException>(() => RunAsync([waiting, failing], TimeSpan.FromHours(1)));

        Assert.Equal((FailureReason.Rejected, "for good"), (error.Reason, error.Found));
    }

    [Theory]
    [InlineData(FailureReason.Unreachable, true)]
    [InlineData(FailureReason.NotYet, true)]
    [InlineData(FailureReason.WrongNode, false)]
    [InlineData(FailureReason.PermissionDenied, false)]
    public async Task A_failure_while_looking_is_waited_out_only_when_it_can_pass(FailureReason reason, bool passes)
    {
        var looks = 0;
        var condition = new Condition("ok", null, _ => ++looks == 1 ? throw new SlipwayException(reason, "no") : Task.FromResult(Verdict.Met));

        var run = RunAsync([condition], TimeSpan.FromMinutes(1));

        if (passes)
        {
            await run;
        }
        else
        {
            Assert.Equal(reason, (await Assert.ThrowsAsync<SlipwayException>(() => run)).Reason);
        }
    }

    private async Task RunAsync(IReadOnlyList<Condition> conditions, TimeSpan timeout)
    {
        var wait = new ConditionPoller(_reporter, _time, new RunOptions()).WaitAsync("phase", conditions, timeout, TestContext.Current.CancellationToken);
        while (!wait.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await wait;
    }
}

internal sealed class RecordingReporter : IReporter
{
    private readonly Lock _gate = new();
    private readonly List<RunEvent> _events = [];

    public Action<RunEvent>? OnEvent { get; set; }

    public IReadOnlyList<RunEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    public void Report(RunEvent runEvent)
    {
        lock (_gate)
        {
            _events.Add(runEvent);
        }

        OnEvent?.Invoke(runEvent);
    }
}

using Slipway.Core.Failures;
using Slipway.Rehearsal;
using Slipway.Talos.Api;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Tests.Talos.Rehearsed;

[Collection(SharedControlPlanesCollection.Name)]
public sealed class EventsTests(SharedControlPlanes planes)
{
    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Fact]
    public async Task As_many_old_events_come_first_as_are_asked_for_and_then_the_new_ones()
    {
        var plane = await planes.Of("v1.12.6");
        var events = new EventsApi(plane.Reader);
        List<NodeEvent> all;
        using (plane.Bench.Clock.Busy())
        {
            all = await events.WatchAsync(past: -1, actorId: null, Cancel).Take(plane.Node.Events.Past.Count).ToListAsync(Cancel);
            Assert.Equal(all.Select(one => one.Id), all.Select(one => one.Id).Order(StringComparer.Ordinal));
            Assert.Contains(all, one => one.Payload is SequenceEvent { Sequence: "boot", Action: SequenceEvent.Types.Action.Stop });
            Assert.Equal(all.TakeLast(2).Select(one => one.Id), await events.WatchAsync(past: 2, actorId: null, Cancel).Take(2).Select(one => one.Id).ToListAsync(Cancel));
        }

        var watch = events.WatchAsync(past: 1, actorId: null, Cancel).GetAsyncEnumerator(Cancel);
        await using (watch)
        {
            Assert.True(await watch.MoveNextAsync());
            Assert.Equal(all[^1].Id, watch.Current.Id);
            await new ServicesApi(plane.Admin).RestartAsync("trustd", Cancel);
            Assert.True(await watch.MoveNextAsync());
            var stopping = Assert.IsType<ServiceStateEvent>(watch.Current.Payload);
            Assert.Equal(("trustd", ServiceStateEvent.Types.Action.Stopping), (stopping.Service, stopping.Action));
        }

        await plane.Bench.Until(() => plane.Node.Services.All(service => service.IsUp));
    }

    [Fact]
    public async Task Events_of_one_call_are_told_apart_by_its_actor_and_end_with_the_boot()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.13.2");
        var events = new EventsApi(plane.AsTalosctl("os:reader"));
        var boots = plane.Count(LedgerKind.Booted);
        var seen = new List<NodeEvent>();
        Task watching;
        RebootTicket ticket;
        using (plane.Bench.Clock.Busy())
        {
            ticket = await new LifecycleApi(plane.Admin).RebootAsync(powerCycle: false, Cancel);
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            watching = WatchAsync(ticket.ActorId, begun);
            await begun.Task.WaitAsync(Cancel);
        }

        await plane.BackAfter(boots);
        await watching;
        Assert.All(seen, one => Assert.Equal(ticket.ActorId, one.ActorId));
        Assert.Equal(("reboot", SequenceEvent.Types.Action.Start), seen.Select(one => one.Payload).OfType<SequenceEvent>().Select(one => (one.Sequence, one.Action)).Single());
        Assert.Contains(seen, one => one.Payload is MachineStatusEvent { Stage: MachineStatusEvent.Types.MachineStage.Rebooting });

        async Task WatchAsync(string actor, TaskCompletionSource begun)
        {
            try
            {
                await foreach (var one in events.WatchAsync(past: -1, actor, Cancel))
                {
                    seen.Add(one);
                    begun.TrySetResult();
                }
            }
            catch (SlipwayException error) when (error.Reason == FailureReason.Unreachable)
            {
                // A node that goes down ends the stream, in order or by cutting it.
            }
        }
    }

    [Theory]
    [InlineData("v1.12.6", FailureReason.MaintenanceMode)]
    [InlineData("v1.13.2", null)]
    public async Task Events_of_a_blank_node_are_told_from_1_13_on(string talos, FailureReason? refusal)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var first = new EventsApi(plane.Insecure()).WatchAsync(past: -1, actorId: null, Cancel).Take(1);
        if (refusal is { } reason)
        {
            await ControlPlane.Refused(reason, () => first.ToListAsync(Cancel).AsTask());
            return;
        }

        Assert.NotEmpty((await first.SingleAsync(Cancel)).Id);
    }
}

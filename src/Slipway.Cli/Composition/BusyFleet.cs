using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>
/// Holds a rehearsal's clock still while a call to a node is under way. Handshakes and answers take real time, more of it the more
/// nodes one process plays: a clock that leaps meanwhile runs into the run's own timeouts.
/// </summary>
internal sealed class BusyFleet(ITalosFleet fleet, VirtualClock clock) : ITalosFleet
{
    public ITalosNode Node(NodeSpec node) => new BusyNode(fleet.Node(node), clock);

    public ValueTask DisposeAsync() => fleet.DisposeAsync();
}

using System.Globalization;
using Google.Protobuf;

namespace Slipway.Rehearsal.Nodes;

/// <param name="Number">Counts from 1 within a boot.</param>
/// <param name="ActorId">Of the call that caused it; empty when none did.</param>
internal sealed record NodeEvent(long Number, DateTimeOffset At, string ActorId, IMessage Payload)
{
    /// <summary>Talos uses sortable ids; a padded number sorts as well.</summary>
    public string Id => Number.ToString("x20", CultureInfo.InvariantCulture);
}

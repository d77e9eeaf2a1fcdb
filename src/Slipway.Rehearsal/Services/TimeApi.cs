using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Time;

namespace Slipway.Rehearsal.Services;

internal sealed class TimeApi : TimeService.TimeServiceBase
{
    public override Task<TimeResponse> Time(Empty request, ServerCallContext context) => Task.FromResult(Answer("time.cloudflare.com", context));

    public override Task<TimeResponse> TimeCheck(TimeRequest request, ServerCallContext context) => Task.FromResult(Answer(request.Server, context));

    private static TimeResponse Answer(string server, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        var now = node.World.Clock.GetUtcNow();
        var local = node.World.Ails(Ailment.ClockOff, node.Plate.Name) ? now.AddSeconds(5) : now;
        return new TimeResponse { Messages = { new Time { Server = server, Localtime = Timestamp.FromDateTimeOffset(local), Remotetime = Timestamp.FromDateTimeOffset(now) } } };
    }
}

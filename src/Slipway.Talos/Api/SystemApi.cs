using Google.Protobuf.WellKnownTypes;
using Slipway.Core.Failures;
using Slipway.Core.Versions;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Api;

/// <summary>Which Talos it is, and what time it has.</summary>
public sealed class SystemApi(TalosConnection connection)
{
    private readonly Wire.Machine.MachineService.MachineServiceClient _machine = new(connection.Invoker);
    private readonly Wire.Time.TimeService.TimeServiceClient _time = new(connection.Invoker);

    /// <exception cref="SlipwayException">MaintenanceMode: up to 1.12 a node without a configuration does not tell.</exception>
    public async Task<ReleaseVersion> VersionAsync(CancellationToken cancellationToken)
    {
        var tag = (await _machine.VersionAsync(new Empty(), cancellationToken: cancellationToken)).Messages.Only(connection, "Version").Version_?.Tag;
        return ReleaseVersion.TryParse(tag, out var version)
            ? version
            : throw new SlipwayException(FailureReason.Unknown, $"{connection.Target}: the node calls its version '{tag}'")
            {
                Node = connection.Target.Name,
                Expected = "a version such as v1.13.9",
            };
    }

    /// <summary>The node's clock beside that of its NTP server; may need its server to be reachable.</summary>
    public async Task<NodeClock> ClockAsync(CancellationToken cancellationToken)
    {
        var answer = (await _time.TimeAsync(new Empty(), cancellationToken: cancellationToken)).Messages.Only(connection, "Time");
        return new NodeClock(answer.Server, answer.Localtime?.ToDateTimeOffset() ?? default, answer.Remotetime?.ToDateTimeOffset() ?? default);
    }
}

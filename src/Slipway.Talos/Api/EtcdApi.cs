using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Api;

/// <summary>etcd on one control-plane node.</summary>
public sealed class EtcdApi(TalosConnection connection)
{
    private readonly Wire.Machine.MachineService.MachineServiceClient _machine = new(connection.Invoker);

    /// <summary>
    /// Starts a new etcd cluster here. The node keeps the intent in memory only: a reboot right after loses it, so confirm by
    /// <see cref="MembersAsync"/>.
    /// </summary>
    /// <exception cref="SlipwayException">AlreadyDone: etcd has data here; NotYet: the node is not so far.</exception>
    public async Task BootstrapAsync(CancellationToken cancellationToken) =>
        _ = await _machine.BootstrapAsync(new Wire.Machine.BootstrapRequest(), cancellationToken: cancellationToken);

    public async Task<IReadOnlyList<EtcdMember>> MembersAsync(CancellationToken cancellationToken)
    {
        var answer = await _machine.EtcdMemberListAsync(new Wire.Machine.EtcdMemberListRequest(), cancellationToken: cancellationToken);
        return [.. answer.Messages.Only(connection, "EtcdMemberList").Members.Select(member =>
            new EtcdMember(Hex(member.Id), member.Hostname, [.. member.PeerUrls], member.IsLearner))];
    }

    public async Task<EtcdStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var status = (await _machine.EtcdStatusAsync(new Empty(), cancellationToken: cancellationToken)).Messages.Only(connection, "EtcdStatus").MemberStatus;
        return new EtcdStatus
        {
            MemberId = Hex(status.MemberId),
            LeaderId = status.Leader == 0 ? null : Hex(status.Leader),
            DatabaseBytes = status.DbSize,
            DatabaseBytesInUse = status.DbSizeInUse,
            RaftIndex = status.RaftIndex,
            RaftAppliedIndex = status.RaftAppliedIndex,
            IsLearner = status.IsLearner,
            Errors = [.. status.Errors],
        };
    }

    /// <summary>Writes a backup of etcd to <paramref name="target"/>; it holds every secret of the cluster.</summary>
    public async Task SnapshotAsync(Stream target, CancellationToken cancellationToken)
    {
        using var call = _machine.EtcdSnapshot(new Wire.Machine.EtcdSnapshotRequest(), cancellationToken: cancellationToken);
        await call.CopyToAsync(target, cancellationToken);
    }

    /// <param name="memberId">Hexadecimal, as <see cref="MembersAsync"/> gives it.</param>
    /// <exception cref="SlipwayException">BadInput: no id; NotFound: nobody's id.</exception>
    public async Task RemoveMemberAsync(string memberId, CancellationToken cancellationToken)
    {
        if (!ulong.TryParse(memberId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
        {
            throw new SlipwayException(FailureReason.BadInput, $"{connection.Target}: no etcd member can be removed by the id '{memberId}'")
            {
                Node = connection.Target.Name,
                Expected = "a member id in hexadecimal, as the list of members shows it",
                Found = $"'{memberId}'",
            };
        }

        var request = new Wire.Machine.EtcdRemoveMemberByIDRequest { MemberId = id };
        _ = await _machine.EtcdRemoveMemberByIDAsync(request, cancellationToken: cancellationToken);
    }

    // As etcdctl prints member ids.
    private static string Hex(ulong id) => id.ToString("x", CultureInfo.InvariantCulture);
}

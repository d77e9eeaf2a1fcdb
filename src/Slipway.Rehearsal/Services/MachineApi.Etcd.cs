using Google.Protobuf;
using Grpc.Core;
using Slipway.Rehearsal.Clusters;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Common;
using Slipway.Talos.Wire.Machine;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Slipway.Rehearsal.Services;

/// <content>etcd.</content>
internal sealed partial class MachineApi
{
    public override Task<BootstrapResponse> Bootstrap(BootstrapRequest request, ServerCallContext context)
    {
        NodeCall.Of(context).Node.Bootstrap();
        return Task.FromResult(new BootstrapResponse { Messages = { new Bootstrap() } });
    }

    public override Task<EtcdMemberListResponse> EtcdMemberList(EtcdMemberListRequest request, ServerCallContext context)
    {
        var members = new EtcdMembers();
        foreach (var member in NodeCall.Of(context).Node.EtcdMembers(request.QueryLocal))
        {
            members.LegacyMembers.Add(member.Hostname);
            members.Members.Add(new EtcdMember
            {
                Id = member.Id,
                Hostname = member.Hostname,
                PeerUrls = { $"https://{member.Address}:2380" },
                ClientUrls = { $"https://{member.Address}:2379" },
            });
        }

        return Task.FromResult(new EtcdMemberListResponse { Messages = { members } });
    }

    public override Task<EtcdStatusResponse> EtcdStatus(Empty request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        lock (node.World.Gate)
        {
            var etcd = node.RunningEtcd();
            var self = Self(etcd, node);
            return Task.FromResult(new EtcdStatusResponse
            {
                Messages =
                {
                    new EtcdStatus
                    {
                        MemberStatus = new EtcdMemberStatus
                        {
                            MemberId = self.Id,
                            Leader = etcd.HasQuorum ? etcd.Members.First(member => etcd.Running.Contains(member.Node)).Id : 0,
                            DbSize = 4_194_304,
                            DbSizeInUse = 2_097_152,
                            RaftIndex = (ulong)etcd.RaftIndex,
                            RaftAppliedIndex = (ulong)etcd.RaftIndex,
                            RaftTerm = 2,
                            ProtocolVersion = "3.6.4",
                            StorageVersion = "3.6.0",
                        },
                    },
                },
            });
        }
    }

    public override async Task EtcdSnapshot(EtcdSnapshotRequest request, IServerStreamWriter<Data> responseStream, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        lock (node.World.Gate)
        {
            node.RunningEtcd();
        }

        // The pages of a bolt database begin with its magic number; nobody looks further in a rehearsal.
        var snapshot = new byte[64 * 1024];
        BitConverter.TryWriteBytes(snapshot.AsSpan(16), 0xED0CDAED);
        for (var at = 0; at < snapshot.Length; at += 32 * 1024)
        {
            await responseStream.WriteAsync(new Data { Bytes = ByteString.CopyFrom(snapshot, at, 32 * 1024) }, context.CancellationToken);
        }
    }

    public override Task<EtcdRemoveMemberByIDResponse> EtcdRemoveMemberByID(EtcdRemoveMemberByIDRequest request, ServerCallContext context)
    {
        NodeCall.Of(context).Node.RemoveEtcdMember(request.MemberId);
        return Task.FromResult(new EtcdRemoveMemberByIDResponse { Messages = { new EtcdRemoveMemberByID() } });
    }

    public override Task<EtcdLeaveClusterResponse> EtcdLeaveCluster(EtcdLeaveClusterRequest request, ServerCallContext context)
    {
        NodeCall.Of(context).Node.LeaveEtcd();
        return Task.FromResult(new EtcdLeaveClusterResponse { Messages = { new EtcdLeaveCluster() } });
    }

    public override Task<EtcdForfeitLeadershipResponse> EtcdForfeitLeadership(EtcdForfeitLeadershipRequest request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        lock (node.World.Gate)
        {
            var etcd = node.RunningEtcd();
            var other = etcd.Members.FirstOrDefault(member => member.Node != node)
                ?? throw Refusal.NotNow("no other member to take the leadership");
            return Task.FromResult(new EtcdForfeitLeadershipResponse { Messages = { new EtcdForfeitLeadership { Member = other.Hostname } } });
        }
    }

    private static EtcdMembership Self(EtcdState etcd, RehearsedNode node) =>
        etcd.Members.FirstOrDefault(member => member.Node == node) ?? throw Refusal.NotNow("this node was removed from the etcd cluster");
}

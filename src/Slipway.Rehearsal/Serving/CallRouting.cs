using Grpc.Core;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Serving;

/// <summary>
/// Which node answers a call: apid's rules for the metadata <c>node</c> and <c>nodes</c> (Talos internal/app/apid/pkg/director).
/// </summary>
internal static class CallRouting
{
    private static readonly string[] OneToMany =
        ["machine.MachineService", "cluster.ClusterService", "inspect.InspectService", "storage.StorageService", "time.TimeService"];

    /// <exception cref="Refusal">The metadata is wrong, or this node does not forward.</exception>
    public static RehearsedNode Target(NodeConnection connection, string service, Metadata headers)
    {
        var self = connection.Node;
        if (connection.Api == ApiPresence.Maintenance)
        {
            return self;
        }

        var one = Values(headers, "node");
        var many = Values(headers, "nodes");
        if (many.Count > 0 && !OneToMany.Contains(service))
        {
            throw new Refusal(RefusalCode.InvalidArgument, $"one-to-many proxying is not supported for {service}");
        }

        if (one.Count > 1)
        {
            throw new Refusal(RefusalCode.InvalidArgument, "node metadata must be single-valued");
        }

        if (many.Count > 1)
        {
            throw Refusal.NotServed("the rehearsal does not proxy one call to many nodes: ask one node at a time");
        }

        return one.Concat(many).FirstOrDefault() is { } name && !Is(self, name) ? Forward(self, name) : self;
    }

    private static RehearsedNode Forward(RehearsedNode self, string name)
    {
        lock (self.World.Gate)
        {
            if (!self.IsControlPlane)
            {
                throw new Refusal(RefusalCode.PermissionDenied, "no request forwarding");
            }

            return self.Cluster?.Discovered.Values.FirstOrDefault(other => Is(other, name) && other.Api == ApiPresence.Cluster)
                ?? throw new Refusal(RefusalCode.Unavailable, $"connection error: desc = \"transport: Error while dialing: dial tcp {name}:50000: connect: connection refused\"");
        }
    }

    /// <summary>HTTP may have joined values of one name by commas.</summary>
    private static List<string> Values(Metadata headers, string key) =>
        [.. headers.GetAll(key).SelectMany(entry => entry.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static bool Is(RehearsedNode node, string name) =>
        name == node.Plate.Address.ToString() || name == node.Hostname || name is "localhost" or "127.0.0.1";
}

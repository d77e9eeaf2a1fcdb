using System.Collections.Concurrent;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Adapters;

/// <summary>The nodes of one cluster, each spoken to at its own address.</summary>
public sealed class TalosFleet : ITalosFleet
{
    private readonly ConcurrentDictionary<string, TalosNode> _nodes = new(StringComparer.Ordinal);
    private readonly ClientCredentials _credentials;
    private readonly TalosChannelFactory _channels;

    /// <param name="time">By which certificates are judged.</param>
    /// <param name="caPem">The Talos API CA: by it a node of this cluster is known.</param>
    /// <param name="identity">Client certificate and key, ECDSA or Ed25519; asked when a connection is made.</param>
    /// <param name="channels">Timeouts; null for the usual ones.</param>
    public TalosFleet(TimeProvider time, string caPem, Func<PemPair> identity, TalosChannelFactory? channels = null)
    {
        _credentials = new ClientCredentials(time, caPem, identity);
        _channels = channels ?? new TalosChannelFactory();
    }

    public ITalosNode Node(NodeSpec node) => _nodes.GetOrAdd(node.Name, _ => new TalosNode(node, new NodeConnections(node, _credentials, _channels)));

    public ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            node.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}

using Microsoft.AspNetCore.Connections;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Serving;

/// <summary>The open connections of one node, so that they die when its API does.</summary>
internal sealed class NodeConnectionsState
{
    private readonly Lock _gate = new();
    private readonly HashSet<ConnectionContext> _open = [];

    public NodeConnectionsState(RehearsedNode node)
    {
        node.ApiChanged += _ => CutAll();
    }

    public void Add(ConnectionContext connection)
    {
        lock (_gate)
        {
            _open.Add(connection);
        }
    }

    public void Remove(ConnectionContext connection)
    {
        lock (_gate)
        {
            _open.Remove(connection);
        }
    }

    /// <summary>Comes under the world's lock: the cutting itself is done elsewhere.</summary>
    private void CutAll()
    {
        lock (_gate)
        {
            foreach (var connection in _open)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static dying => dying.Abort(), connection, preferLocal: false);
            }

            _open.Clear();
        }
    }
}

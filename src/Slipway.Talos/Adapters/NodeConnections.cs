using Slipway.Core.Spec;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Adapters;

/// <summary>
/// The two ways to one node: as a client of the cluster, and without a certificate while the node is in maintenance mode. A
/// node changes from one to the other and back on the same port.
/// </summary>
internal sealed class NodeConnections(NodeSpec node, ClientCredentials credentials, TalosChannelFactory channels) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TalosTarget _target = new() { Name = node.Name, Host = node.Address, Port = node.Port };
    private TalosConnection? _cluster;
    private TalosConnection? _maintenance;

    /// <summary>How the node answered last; that way is tried first.</summary>
    public bool LastWasMaintenance { get; set; }

    public TalosConnection Get(bool maintenance)
    {
        lock (_gate)
        {
            return maintenance
                ? _maintenance ??= channels.Connect(_target, TalosCredentials.Maintenance(node.MaintenanceFingerprint))
                : _cluster ??= channels.Connect(_target, credentials.Current());
        }
    }

    /// <summary>
    /// Gives up a connection on which a call ran out of time: its peer may be gone without a word, and every later call would
    /// wait on it in vain.
    /// </summary>
    public void Drop(TalosConnection connection)
    {
        lock (_gate)
        {
            if (ReferenceEquals(connection, _cluster))
            {
                _cluster = null;
            }
            else if (ReferenceEquals(connection, _maintenance))
            {
                _maintenance = null;
            }
            else
            {
                return;
            }
        }

        connection.Dispose();
    }

    public void Dispose() => Close();

    /// <summary>What is asked for next is made anew.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _cluster?.Dispose();
            _maintenance?.Dispose();
            (_cluster, _maintenance) = (null, null);
        }
    }
}

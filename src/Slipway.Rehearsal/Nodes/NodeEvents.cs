using System.Globalization;
using System.Threading.Channels;
using Google.Protobuf;

namespace Slipway.Rehearsal.Nodes;

/// <param name="Number">Counts from 1 within a boot.</param>
/// <param name="ActorId">Of the call that caused it; empty when none did.</param>
internal sealed record NodeEvent(long Number, DateTimeOffset At, string ActorId, IMessage Payload)
{
    /// <summary>Talos uses sortable ids; a padded number sorts as well.</summary>
    public string Id => Number.ToString("x20", CultureInfo.InvariantCulture);
}

/// <summary>The last events of one boot and those who listen. Guarded by the world's lock.</summary>
internal sealed class NodeEventsState
{
    private const int Kept = 100;

    private readonly Queue<NodeEvent> _past = [];
    private readonly List<ChannelWriter<NodeEvent>> _listeners = [];
    private long _count;

    public IReadOnlyCollection<NodeEvent> Past => _past;

    public void Publish(DateTimeOffset at, string actorId, IMessage payload)
    {
        var happened = new NodeEvent(++_count, at, actorId, payload);
        _past.Enqueue(happened);
        if (_past.Count > Kept)
        {
            _past.Dequeue();
        }

        foreach (var listener in _listeners)
        {
            listener.TryWrite(happened);
        }
    }

    public ChannelReader<NodeEvent> Listen(out Action stop)
    {
        var channel = Channel.CreateUnbounded<NodeEvent>(new UnboundedChannelOptions { SingleReader = true });
        _listeners.Add(channel.Writer);
        stop = () => _listeners.Remove(channel.Writer);
        return channel.Reader;
    }

    /// <summary>A boot forgets; its listeners hear no more.</summary>
    public void Clear()
    {
        _past.Clear();
        _count = 0;
        foreach (var listener in _listeners)
        {
            listener.TryComplete();
        }

        _listeners.Clear();
    }
}

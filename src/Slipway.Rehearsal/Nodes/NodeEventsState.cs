using Google.Protobuf;

namespace Slipway.Rehearsal.Nodes;

/// <summary>The last events of one boot and those who listen. Guarded by the world's lock.</summary>
internal sealed class NodeEventsState(VirtualClock clock)
{
    private const int Kept = 100;

    private readonly Queue<NodeEvent> _past = [];
    private readonly List<Listener<NodeEvent>> _listeners = [];
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
            listener.Tell(happened);
        }
    }

    public Listener<NodeEvent> Listen()
    {
        var listener = new Listener<NodeEvent>(clock);
        _listeners.Add(listener);
        return listener;
    }

    public void Leave(Listener<NodeEvent> listener)
    {
        _listeners.Remove(listener);
        listener.Abandon();
    }

    /// <summary>A boot forgets; its listeners hear no more.</summary>
    public void Clear()
    {
        _past.Clear();
        _count = 0;
        foreach (var listener in _listeners)
        {
            listener.Close();
        }

        _listeners.Clear();
    }
}

using System.Threading.Channels;

namespace Slipway.Rehearsal.Kubernetes.Storage;

/// <summary>The objects of one kind in the order etcd would list them, with the recent changes that a watch can still start from.</summary>
internal sealed class ObjectCollection
{
    // Enough for a client to reconnect in the middle of a 500-node start; small enough that "410 Gone" is reachable in a test.
    private const int HistoryLimit = 8192;

    private readonly Queue<StoreEvent> _history = new();
    private readonly List<ChannelWriter<StoreEvent>> _watchers = [];

    public SortedDictionary<(string Namespace, string Name), StoredObject> Objects { get; } = new(ByText.Instance);

    /// <summary>Changes up to this revision are forgotten.</summary>
    public long Forgotten { get; private set; }

    public void Record(StoreEvent change)
    {
        _history.Enqueue(change);
        if (_history.Count > HistoryLimit)
        {
            Forgotten = _history.Dequeue().Object.Revision;
        }

        foreach (var watcher in _watchers)
        {
            watcher.TryWrite(change);
        }
    }

    public void Forget()
    {
        Forgotten = _history.Count == 0 ? Forgotten : _history.Max(change => change.Object.Revision);
        _history.Clear();
    }

    public IEnumerable<StoreEvent> Since(long revision) => _history.Where(change => change.Object.Revision > revision);

    public void Attach(ChannelWriter<StoreEvent> watcher) => _watchers.Add(watcher);

    public void Detach(ChannelWriter<StoreEvent> watcher) => _watchers.Remove(watcher);

    private sealed class ByText : IComparer<(string Namespace, string Name)>
    {
        public static readonly ByText Instance = new();

        public int Compare((string Namespace, string Name) x, (string Namespace, string Name) y)
        {
            var order = string.CompareOrdinal(x.Namespace, y.Namespace);
            return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
        }
    }
}

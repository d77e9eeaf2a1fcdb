namespace Slipway.Rehearsal.Nodes;

/// <summary>One of Talos' own services on a node, as ServiceList shows it.</summary>
internal sealed class ServiceState(string id)
{
    private readonly List<(string State, string Message, DateTimeOffset At)> _history = [];

    public string Id => id;

    /// <summary>Such as <c>Preparing</c>, <c>Waiting</c>, <c>Running</c>, <c>Finished</c>.</summary>
    public string State { get; private set; } = "Initialized";

    /// <summary>Null when nothing is known of it, as for services without a health check.</summary>
    public bool? Healthy { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public IReadOnlyList<(string State, string Message, DateTimeOffset At)> History => _history;

    public bool IsUp => State == "Running" && Healthy != false;

    public void Set(string state, string message, bool? healthy, DateTimeOffset at)
    {
        (State, Healthy, ChangedAt) = (state, healthy, at);
        _history.Add((state, message, at));
        if (_history.Count > 10)
        {
            _history.RemoveAt(0);
        }
    }
}

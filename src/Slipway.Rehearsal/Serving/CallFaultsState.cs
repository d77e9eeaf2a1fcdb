namespace Slipway.Rehearsal.Serving;

/// <summary>Counts down the cuts on order.</summary>
internal sealed class CallFaultsState(IReadOnlyList<Fault> faults)
{
    private readonly Dictionary<(Fault Fault, string Node), int> _struck = [];
    private readonly Lock _gate = new();

    /// <summary>Whether this very call is to be cut; each yes uses up one.</summary>
    public bool Strikes(FaultKind kind, string method, string node)
    {
        foreach (var fault in faults)
        {
            if (fault.Strikes(kind, node) && fault.Method == method)
            {
                lock (_gate)
                {
                    var count = _struck.GetValueOrDefault((fault, node));
                    if (count < fault.Times)
                    {
                        _struck[(fault, node)] = count + 1;
                        return true;
                    }
                }
            }
        }

        return false;
    }
}

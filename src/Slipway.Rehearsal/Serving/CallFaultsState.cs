namespace Slipway.Rehearsal.Serving;

/// <summary>Counts down the cuts on order.</summary>
internal sealed class CallFaultsState(FaultsState faults)
{
    private readonly Dictionary<(Fault Fault, string Node), int> _seen = [];
    private readonly Lock _gate = new();

    /// <summary>Whether this very call is to be cut; each yes uses up one.</summary>
    public bool Strikes(FaultKind kind, string method, string node)
    {
        foreach (var fault in faults.Armed)
        {
            if (fault.Strikes(kind, node) && (fault.Method is null || fault.Method == method))
            {
                lock (_gate)
                {
                    var count = _seen[(fault, node)] = _seen.GetValueOrDefault((fault, node)) + 1;
                    if (count > fault.Skip && count <= fault.Skip + fault.Times)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}

namespace Slipway.Rehearsal;

/// <summary>The faults on order, and which of them lie in wait: those that wait for a phase strike from its beginning on.</summary>
internal sealed class FaultsState(IReadOnlyList<Fault> faults)
{
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public IReadOnlyList<Fault> Armed
    {
        get
        {
            lock (_gate)
            {
                return [.. faults.Where(IsArmed)];
            }
        }
    }

    public Fault? On(FaultKind kind, string node) => Armed.FirstOrDefault(fault => fault.Strikes(kind, node));

    /// <returns>What this arms; nothing when the phase has begun before.</returns>
    public IReadOnlyList<Fault> Begin(string phase)
    {
        lock (_gate)
        {
            return _begun.Add(phase) ? [.. faults.Where(fault => fault.Phase == phase)] : [];
        }
    }

    private bool IsArmed(Fault fault) => fault.Phase is null || _begun.Contains(fault.Phase);
}

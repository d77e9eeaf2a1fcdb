namespace Slipway.Rehearsal;

/// <summary>
/// The faults on order, and which of them lie in wait: those that wait for a phase strike from its beginning on. Every call to every
/// node asks for them, so they are one array, which is exchanged when a phase begins.
/// </summary>
internal sealed class FaultsState(IReadOnlyList<Fault> faults)
{
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile Fault[] _armed = [.. faults.Where(fault => fault.Phase is null)];

    public IReadOnlyList<Fault> Armed => _armed;

    public Fault? On(FaultKind kind, string node) => Array.Find(_armed, fault => fault.Strikes(kind, node));

    /// <returns>What this arms; nothing when the phase has begun before.</returns>
    public IReadOnlyList<Fault> Begin(string phase)
    {
        lock (_gate)
        {
            if (!_begun.Add(phase))
            {
                return [];
            }

            _armed = [.. faults.Where(fault => fault.Phase is null || _begun.Contains(fault.Phase))];
            return [.. faults.Where(fault => fault.Phase == phase)];
        }
    }
}

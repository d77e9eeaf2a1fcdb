namespace Slipway.Core.Spec.Drafting;

/// <summary>Tells which marks only one machine has.</summary>
/// <param name="machines">The marks of each machine; nulls are none.</param>
internal sealed class MarksOfOne(IEnumerable<IEnumerable<string?>> machines)
{
    private readonly Dictionary<string, int> _counts = machines
        .SelectMany(marks => marks.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        .CountBy(mark => mark, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    public bool IsUnique(string mark) => _counts.GetValueOrDefault(mark) <= 1;
}

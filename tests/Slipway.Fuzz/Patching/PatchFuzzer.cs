namespace Slipway.Fuzz.Patching;

/// <summary>
/// Tries the laws on damaged configs and patches. It sees no coverage; in place of that an input that ends otherwise than all
/// before it is kept, and damaged further. The same seed gives the same inputs.
/// </summary>
internal sealed class PatchFuzzer
{
    private const int MostKept = 4_000;

    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly List<PatchInput> _pool;
    private readonly HashSet<string> _outcomes = new(StringComparer.Ordinal);

    /// <param name="more">Inputs beside the built-in ones.</param>
    public PatchFuzzer(int seed, IEnumerable<PatchInput> more)
    {
        _random = new Random(seed);
        _mutator = new Mutator(_random);
        _pool = [.. from config in Seeds.Configs from patch in Seeds.Patches select new PatchInput(config, patch), .. more];
    }

    public int Outcomes => _outcomes.Count;

    /// <summary>Makes the next input; <see cref="Try"/> tells what came of it.</summary>
    public PatchInput Next()
    {
        var (one, other) = (_pool[_random.Next(_pool.Count)], _pool[_random.Next(_pool.Count)]);
        var input = _random.Next(3) == 0 ? one with { Patch = other.Patch } : one;
        return _random.Next(4) switch
        {
            0 => input with { Config = _mutator.Mutate(input.Config, [other.Config, other.Patch]) },
            1 => new PatchInput(_mutator.Mutate(input.Config, [other.Config]), _mutator.Mutate(input.Patch, [other.Patch])),
            _ => input with { Patch = _mutator.Mutate(input.Patch, [other.Patch, other.Config]) },
        };
    }

    /// <exception cref="Exception">Anything that comes out of the engine is a find.</exception>
    public void Try(PatchInput input)
    {
        if (_outcomes.Add(PatchLaws.Check(input)) && _pool.Count < MostKept)
        {
            _pool.Add(input);
        }
    }
}

using Slipway.Kernel.Tests.Corpus;
using Slipway.Kernel.Tests.Running;

namespace Slipway.Kernel.Tests.Verdicts;

/// <summary>Frames of which the program can read only a beginning: it never condemns what it has not seen.</summary>
public sealed class SeveralBuffersTests
{
    private const ulong Seed = 20261125;

    private static readonly IReadOnlyList<ProgramVariant> Variants = [.. ProgramVariant.All.Where(variant => variant.Name.Contains("frags", StringComparison.Ordinal))];

    [Fact]
    public void A_first_buffer_that_ends_anywhere_is_judged_by_what_is_in_it()
    {
        using var comparison = new Comparison(World.Tables);
        foreach (var letter in GoodLetters.All(new Dice(Seed)).Concat(BadLetters.All(new Dice(Seed))))
        {
            foreach (var framing in new[] { Framing.PlainIpv4, Framing.PlainIpv6, Framing.All[^1] })
            {
                var sample = letter.From(World.Known, framing);
                for (var linear = 14; linear < Math.Min(sample.Frame.Length, 200); linear++)
                {
                    var (variant, end) = (Variants[linear % Variants.Count], linear);
                    comparison.Agree(variant, sample.Frame, end, () => $"{sample.Name}, first buffer of {end}");
                }
            }
        }

        // Counters are left out: where nothing beyond the first buffer was asked for, their bytes are those of that buffer.
    }
}

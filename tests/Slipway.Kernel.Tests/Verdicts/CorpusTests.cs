using Slipway.Kernel.Tests.Corpus;
using Slipway.Kernel.Tests.Running;

namespace Slipway.Kernel.Tests.Verdicts;

/// <summary>Every packet that we know of, in every variant of the program: the kernel, the reference and the packet's own label agree.</summary>
public sealed class CorpusTests
{
    private const ulong Seed = 20261124;

    [Fact]
    public void Good_packets() => Agree(PacketCorpus.Good(Seed));

    [Fact]
    public void Bad_packets() => Agree(PacketCorpus.Bad(Seed));

    [Fact]
    public void Packets_that_are_not_the_filters_business() => Agree(PacketCorpus.Foreign(Seed));

    [Fact]
    public void Packets_cut_at_every_byte() => Agree(PacketCorpus.Cut(Seed));

    private static void Agree(IEnumerable<Sample> samples)
    {
        using var comparison = new Comparison(World.Tables);
        foreach (var sample in samples)
        {
            foreach (var variant in ProgramVariant.All.Where(variant => variant.Takes(sample.Frame)))
            {
                var judgement = comparison.Agree(variant, sample.Frame, linear: 0, () => sample.Name);
                if (judgement != sample.Expected && variant != ProgramVariant.Tcx)
                {
                    Assert.Fail($"{sample.Name}: {judgement}, labelled {sample.Expected}");
                }
            }
        }

        comparison.CountersAgree();
    }
}

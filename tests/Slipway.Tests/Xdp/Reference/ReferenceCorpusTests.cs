using Slipway.Kernel.Tests.Corpus;
using Slipway.Xdp.Reference;

namespace Slipway.Tests.Xdp.Reference;

/// <summary>The reference against packets that are labelled by how they were made.</summary>
public sealed class ReferenceCorpusTests
{
    private const ulong Seed = 20261123;

    [Fact]
    public void Good_packets_pass_in_every_framing_from_everybody_who_is_not_banned() => Judged(PacketCorpus.Good(Seed), atLeast: 20_000);

    [Fact]
    public void Bad_packets_are_dropped_for_the_reason_that_was_put_into_them() => Judged(PacketCorpus.Bad(Seed), atLeast: 20_000);

    [Fact]
    public void What_is_not_the_filters_business_passes_untouched() => Judged(PacketCorpus.Foreign(Seed), atLeast: 1_000);

    [Fact]
    public void A_packet_that_ends_anywhere_is_judged_and_never_read_beyond_its_end() => Judged(PacketCorpus.Cut(Seed), atLeast: 100_000);

    private static void Judged(IEnumerable<Sample> samples, int atLeast)
    {
        var reference = new ReferenceFilter(World.Tables);
        var count = 0;
        foreach (var sample in samples)
        {
            count++;
            var found = reference.Judge(sample.Frame);
            if (found != sample.Expected)
            {
                Assert.Fail($"{sample.Name}: expected {sample.Expected}, found {found}\n{Convert.ToHexString(sample.Frame)}\n{string.Join('\n', reference.Explain(sample.Frame).Steps)}");
            }
        }

        Assert.True(count >= atLeast, $"the corpus has only {count} packets");
    }
}

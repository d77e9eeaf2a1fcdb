namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Every good and bad packet that we know of, in every framing, from everybody.</summary>
internal static class PacketCorpus
{
    private static readonly Framing[] CutFramings = [Framing.PlainIpv4, .. Framing.All.Where(framing => framing.Name is "QinQ" or "3 words of options, tagged")];

    /// <summary>The same packets for the same seed. They are made while they are read: together they are some hundred MB.</summary>
    public static IEnumerable<Sample> All(ulong seed) =>
        Good(seed).Concat(Bad(seed)).Concat(Foreign(seed)).Concat(Cut(seed));

    public static IEnumerable<Sample> Good(ulong seed) => Everybody(GoodLetters.All(new Dice(seed)));

    public static IEnumerable<Sample> Bad(ulong seed) =>
        Everybody(BadLetters.All(new Dice(seed)))
            .Concat(from letter in BadLetters.WrongLengths(new Dice(seed))
                    from framing in new[] { Framing.PlainIpv4, Framing.PlainIpv6 }
                    select letter.From(World.Staked, framing))
            .Concat(BadFrames.All(new Dice(seed)));

    public static IEnumerable<Sample> Foreign(ulong seed) => ForeignFrames.All(new Dice(seed));

    public static IEnumerable<Sample> Cut(ulong seed) =>
        from letter in GoodLetters.All(new Dice(seed))
        from framing in CutFramings
        from sample in Truncations.Of(letter, World.Known, framing)
        select sample;

    private static IEnumerable<Sample> Everybody(IEnumerable<Letter> letters) =>
        from letter in letters
        from sender in World.Senders
        from framing in Framing.All
        select letter.From(sender, framing);
}

using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>A packet, and what must become of it because of how it was made: nothing here has parsed it.</summary>
/// <param name="Name">What it is, from whom, and in what framing.</param>
/// <param name="Frame">From the destination MAC on.</param>
/// <param name="Expected">Under <see cref="World.Tables"/>.</param>
internal sealed record Sample(string Name, byte[] Frame, Judgement Expected)
{
    /// <summary>Its name, for a runner's list.</summary>
    public override string ToString() => Name;
}

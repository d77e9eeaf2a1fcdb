namespace Slipway.Core.Spec.Shapes;

/// <summary>One of a few words.</summary>
internal sealed record ChoiceShape(params IReadOnlyList<string> Choices) : ValueShape
{
    public override string Kind => string.Join(", ", Choices.SkipLast(1)) + " or " + Choices[^1];
}

namespace Slipway.Core.Spec.Shapes;

/// <summary>A mapping whose keys the user chooses, such as labels or profiles.</summary>
internal sealed record MapShape(TextFormat Key, ValueShape Value) : ValueShape
{
    public override string Kind => "a mapping";
}

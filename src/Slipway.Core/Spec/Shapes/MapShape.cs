namespace Slipway.Core.Spec.Shapes;

/// <summary>A mapping whose keys the user chooses, such as labels.</summary>
internal sealed record MapShape(TextFormat Key, TextShape Value) : ValueShape
{
    public override string Kind => "a mapping";
}

namespace Slipway.Core.Spec.Shapes;

/// <summary>A list of values of one shape; both counts included.</summary>
internal sealed record ListShape(ValueShape Item, int Least = 0, int Most = 256) : ValueShape
{
    public override string Kind => "a list";
}

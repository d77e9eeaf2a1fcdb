namespace Slipway.Core.Spec.Shapes;

/// <summary>A whole number; both ends included.</summary>
internal sealed record IntegerShape(int Minimum, int Maximum) : ValueShape
{
    public override string Kind => $"a whole number from {Minimum} to {Maximum}";
}

namespace Slipway.Core.Spec.Shapes;

/// <summary>Only true and false, as YAML 1.2 has it.</summary>
/// <param name="OnlyTrue">For a key whose being there is the choice.</param>
internal sealed record BooleanShape(bool OnlyTrue = false) : ValueShape
{
    public override string Kind => OnlyTrue ? "true" : "true or false";
}

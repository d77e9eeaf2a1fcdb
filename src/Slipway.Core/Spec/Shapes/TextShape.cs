namespace Slipway.Core.Spec.Shapes;

/// <summary>Text of a certain form.</summary>
/// <param name="AnyScalar">True where an unquoted number or boolean is taken as the text that it is, as disk serials are often digits.</param>
internal sealed record TextShape(TextFormat Format, bool AnyScalar = false) : ValueShape
{
    public override string Kind => Format.Name;
}

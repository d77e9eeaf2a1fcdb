namespace Slipway.Core.Spec.Shapes;

/// <summary>A mapping that others define: chart values or a piece of machine config.</summary>
internal sealed record FreeShape(string What) : ValueShape
{
    public override string Kind => $"a mapping ({What})";
}

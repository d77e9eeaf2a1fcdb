namespace Slipway.Core.Spec.Shapes;

/// <summary>Text or a mapping.</summary>
internal sealed record EitherShape(TextShape Text, FreeShape Mapping) : ValueShape
{
    public override string Kind => $"{Text.Kind} or {Mapping.Kind}";
}

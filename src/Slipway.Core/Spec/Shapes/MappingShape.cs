namespace Slipway.Core.Spec.Shapes;

/// <summary>A mapping whose keys are known.</summary>
internal sealed record MappingShape(params IReadOnlyList<KeyShape> Keys) : ValueShape
{
    /// <summary>Keys of which one and only one must be there; none when empty.</summary>
    public IReadOnlyList<string> ExactlyOne { get; init; } = [];

    public override string Kind => "a mapping";

    public KeyShape? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);
}

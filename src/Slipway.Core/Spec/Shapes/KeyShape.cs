namespace Slipway.Core.Spec.Shapes;

/// <summary>One key of a mapping.</summary>
/// <param name="Description">One or two sentences: in editors as the tooltip, in a drafted file as the comment.</param>
/// <param name="Default">As JSON, for editors; null when the key is required or when leaving it out means "nothing".</param>
internal sealed record KeyShape(string Name, ValueShape Shape, string Description, string? Default = null, bool Required = false);

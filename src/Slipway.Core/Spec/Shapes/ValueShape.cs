namespace Slipway.Core.Spec.Shapes;

/// <summary>
/// What may stand at one place of cluster.yaml. The reader, the JSON Schema and the comments of a drafted file all come from
/// these, so they cannot say different things.
/// </summary>
internal abstract record ValueShape
{
    /// <summary>With its article, as in "a list".</summary>
    public abstract string Kind { get; }
}

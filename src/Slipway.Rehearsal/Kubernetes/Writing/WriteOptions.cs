namespace Slipway.Rehearsal.Kubernetes.Writing;

internal sealed record WriteOptions
{
    public required string Manager { get; init; }

    public bool IsDryRun { get; init; }

    public bool Force { get; init; }

    public FieldValidation Validation { get; init; }

    /// <summary>Empty, or <c>status</c>.</summary>
    public string Subresource { get; init; } = "";

    public Action<string> Warn { get; init; } = _ => { };
}

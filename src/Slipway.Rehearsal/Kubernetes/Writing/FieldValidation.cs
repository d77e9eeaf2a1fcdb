namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <summary>What becomes of unknown fields: dropped in silence, dropped with a Warning header, or 400.</summary>
internal enum FieldValidation
{
    Ignore,
    Warn,
    Strict,
}

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>One of the <c>details.causes</c> of a Status.</summary>
internal sealed record StatusCause(string Reason, string Message, string Field);

namespace Slipway.Rehearsal.Kubernetes.Resources;

/// <param name="JsonPath">The simple form that CRDs use in practice: <c>.spec.a.b</c>, <c>.status.conditions[?(@.type=="Valid")].status</c>.</param>
internal sealed record PrinterColumn(string Name, string Type, string JsonPath, int Priority);

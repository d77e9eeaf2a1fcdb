using System.Text.Json.Nodes;

namespace Slipway.Rehearsal.Kubernetes.Tables;

/// <param name="Priority">Above 0 is shown with <c>-o wide</c> only.</param>
internal sealed record TableColumn(string Name, Func<JsonObject, DateTimeOffset, JsonNode?> Cell, string Type = "string", int Priority = 0);

namespace Slipway.Talos.Api;

/// <param name="State">Talos' word: <c>Running</c>, <c>Waiting</c>, <c>Finished</c> …</param>
/// <param name="Healthy">Null when the service has no health check or none has run yet.</param>
public sealed record ServiceState(string Id, string State, bool? Healthy, string LastMessage);

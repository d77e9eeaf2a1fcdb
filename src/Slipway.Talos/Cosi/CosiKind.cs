namespace Slipway.Talos.Cosi;

/// <summary>A resource type and where it lives. Both must be exact: the server knows no short names and no default namespace.</summary>
/// <param name="SingletonId">The id of the only resource, where there is just one.</param>
public sealed record CosiKind(string Namespace, string Type, string? SingletonId = null);

namespace Slipway.Rehearsal.Resources;

/// <summary>One registered kind of resource, as ResourceDefinitions tells it.</summary>
/// <param name="Name">The exact registered string; short aliases are the client's business.</param>
/// <param name="Namespace">Where its instances live. Never defaulted by a node.</param>
/// <param name="Since">Minor release of Talos that brought it. Older nodes answer "not supported", with PermissionDenied.</param>
/// <param name="Sensitive">Only for administrators.</param>
internal sealed record ResourceType(string Name, string Namespace, int Since = 0, bool Sensitive = false);

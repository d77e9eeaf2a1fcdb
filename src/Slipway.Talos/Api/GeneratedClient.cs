using Slipway.Core.Secrets;

namespace Slipway.Talos.Api;

/// <param name="Ca">PEM.</param>
/// <param name="Talosconfig">The same as a whole talosconfig file.</param>
public sealed record GeneratedClient(string Ca, PemPair Client, Sensitive Talosconfig);

using Slipway.Core.Secrets;

namespace Slipway.Rehearsal.Clusters;

/// <summary>What an API server needs to come into being.</summary>
/// <param name="Endpoint">As the config says, such as <c>https://10.0.0.1:6443</c>.</param>
/// <param name="Names">DNS names and addresses beside the endpoint's for its certificate.</param>
/// <param name="Ca">Signs its certificate and every client's.</param>
/// <param name="PodCidr">The first IPv4 range; null for Talos' default.</param>
/// <param name="ServiceCidr">The first IPv4 range; null for Talos' default.</param>
internal sealed record KubernetesBirth(Uri Endpoint, IReadOnlyList<string> Names, PemPair Ca, string? PodCidr, string? ServiceCidr);

using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Talos.Talosconfig;

namespace Slipway.Cli.Composition;

/// <summary>The talosconfig that a run leaves for the operator.</summary>
internal static class OperatorTalosconfig
{
    /// <param name="identity">Ed25519, as every talosctl can read.</param>
    public static Sensitive Write(ClusterSpec spec, PemPair ca, PemPair identity) => TalosconfigWriter.Write(new TalosClientConfig
    {
        Context = spec.Name,
        Contexts =
        [
            new(spec.Name, new TalosContext
            {
                Endpoints = [.. spec.ControlPlanes.Select(node => node.Address)],
                Ca = ca.Certificate,
                Client = identity,
            }),
        ],
    });
}

using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Talos.Talosconfig;

namespace Slipway.Cli.Composition;

/// <summary>The talosconfig that a run leaves for the operator.</summary>
internal static class OperatorTalosconfig
{
    /// <param name="identity">With a key of the CA's kind, as talosctl makes it.</param>
    /// <param name="context">What the context is called; null for the cluster's name.</param>
    public static Sensitive Write(ClusterSpec spec, PemPair ca, PemPair identity, string? context = null) => TalosconfigWriter.Write(new TalosClientConfig
    {
        Context = context ?? spec.Name,
        Contexts =
        [
            new(context ?? spec.Name, new TalosContext
            {
                Endpoints = [.. spec.ControlPlanes.Select(node => node.Address)],
                Ca = ca.Certificate,
                Client = identity,
            }),
        ],
    });
}

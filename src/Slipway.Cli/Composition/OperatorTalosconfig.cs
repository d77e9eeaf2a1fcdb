using System.Text;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;

namespace Slipway.Cli.Composition;

/// <summary>The talosconfig that a run leaves for the operator: talosctl's own format (Talos: pkg/machinery/client/config).</summary>
internal static class OperatorTalosconfig
{
    /// <param name="identity">Ed25519, as every talosctl can read.</param>
    public static Sensitive Write(ClusterSpec spec, PemPair ca, PemPair identity)
    {
        var endpoints = string.Join(", ", spec.ControlPlanes.Select(Address));
        return new Sensitive($"""
            context: {spec.Name}
            contexts:
                {spec.Name}:
                    endpoints: [{endpoints}]
                    ca: {Base64(ca.Certificate)}
                    crt: {Base64(identity.Certificate)}
                    key: {Base64(identity.Key!.Reveal())}

            """);
    }

    private static string Address(NodeSpec node) => node.Address.Contains(':', StringComparison.Ordinal) ? $"\"{node.Address}\"" : node.Address;

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
}

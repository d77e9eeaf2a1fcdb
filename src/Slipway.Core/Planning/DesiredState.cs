using System.Text.Json.Nodes;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;

namespace Slipway.Core.Planning;

/// <summary>The spec with everything that follows from it worked out: what the planner compares with what is observed.</summary>
public sealed record DesiredState
{
    public required ClusterSpec Spec { get; init; }

    /// <summary>The machine config of each node by its name.</summary>
    public required IReadOnlyDictionary<string, Sensitive> Configs { get; init; }

    /// <summary>Values of the Cilium release.</summary>
    public required JsonObject CiliumValues { get; init; }

    /// <summary>Namespaces and policies, in the order in which they are applied.</summary>
    public required IReadOnlyList<Manifest> Policies { get; init; }

    /// <summary>The Talos API CA certificate as PEM: by it a node of this cluster is known.</summary>
    public required string TalosCa { get; init; }

    /// <summary>A talosconfig for the operator, to be written beside the kubeconfig.</summary>
    public required Sensitive Talosconfig { get; init; }

    /// <summary>The Kubernetes CA certificate as PEM: by it a kubeconfig of this cluster is known.</summary>
    public required string KubernetesCa { get; init; }

    /// <summary>Absolute path of secrets.yaml.</summary>
    public required string SecretsPath { get; init; }

    /// <summary>Its content, made for this run when the file is not there yet.</summary>
    public required Sensitive SecretsYaml { get; init; }
}

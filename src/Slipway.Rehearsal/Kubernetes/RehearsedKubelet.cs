using System.Net;

namespace Slipway.Rehearsal.Kubernetes;

/// <summary>A machine whose kubelet registers with the rehearsed API.</summary>
public sealed record RehearsedKubelet
{
    public required string Name { get; init; }

    /// <summary>InternalIP of the Node.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Gets the control-plane label, the mirrored static pods and, unless <see cref="AllowScheduling"/>, the control-plane taint.</summary>
    public bool ControlPlane { get; init; }

    /// <summary>Talos' <c>cluster.allowSchedulingOnControlPlanes</c>.</summary>
    public bool AllowScheduling { get; init; }

    /// <summary>Talos' <c>machine.nodeLabels</c>.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Talos' <c>machine.nodeTaints</c>: key to <c>value:Effect</c> or <c>Effect</c>.</summary>
    public IReadOnlyDictionary<string, string> Taints { get; init; } = new Dictionary<string, string>();

    /// <summary>Shown as the node's OS image.</summary>
    public string OsImage { get; init; } = "Talos";

    /// <summary>Shown as the node's kernel version.</summary>
    public string KernelVersion { get; init; } = "unknown";
}

using System.Net;

namespace Slipway.Rehearsal.Clusters;

/// <summary>What a kubelet says of its node when it registers.</summary>
/// <param name="Name">The hostname.</param>
/// <param name="Taints">Key to <c>[value:]Effect</c>.</param>
/// <param name="OsImage">Such as <c>Talos (v1.13.2)</c>.</param>
internal sealed record KubeletRegistration(
    string Name,
    IPAddress Address,
    bool ControlPlane,
    bool AllowScheduling,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Taints,
    string OsImage);

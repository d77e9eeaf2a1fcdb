using System.Net;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Versions;

namespace Slipway.Rehearsal.Kubernetes;

public sealed record KubernetesApiOptions
{
    /// <summary>Port 0 takes a free one; see <see cref="KubernetesApi.EndPoint"/>.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>With its private key. kubectl wants an ECDSA or RSA key.</summary>
    public required X509Certificate2 ServerCertificate { get; init; }

    /// <summary>Who presents a certificate of this CA is let in, named by its CN and O; everybody else gets 401.</summary>
    public required X509Certificate2 ClientCa { get; init; }

    /// <summary>The clock of nodes, pods, controllers and timestamps: may run faster than the clients' own.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>What /version and the kubelets report.</summary>
    public required ReleaseVersion Version { get; init; }

    public required KubernetesStore Store { get; init; }

    /// <summary>IPv4; each node gets a /24 of it.</summary>
    public IPNetwork PodCidr { get; init; } = IPNetwork.Parse("10.244.0.0/16");

    /// <summary>IPv4; .1 is the <c>kubernetes</c> Service, .10 the DNS.</summary>
    public IPNetwork ServiceCidr { get; init; } = IPNetwork.Parse("10.96.0.0/12");

    /// <summary>The clock of what clients count in their own time: a watch's timeoutSeconds and its bookmarks.</summary>
    public TimeProvider WireTime { get; init; } = TimeProvider.System;
}

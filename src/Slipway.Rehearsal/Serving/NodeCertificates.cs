using Slipway.Core.Secrets;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Pki;
using Slipway.Talos.Tls;

namespace Slipway.Rehearsal.Serving;

/// <summary>
/// The certificate that a node shows now, and whom it asks for one. Made when somebody connects, new in every life of the
/// API: maintenance has a CA of its own in memory, a configured node's certificate comes from the CA of its config.
/// </summary>
internal sealed class NodeCertificates(RehearsedNode node)
{
    /// <summary>Talos renews at half the lifetime.</summary>
    private static readonly TimeSpan RenewAfter = TimeSpan.FromHours(12);

    private readonly Lock _gate = new();
    private BcTlsServerOptions? _current;
    private int _generation = -1;
    private DateTimeOffset _made;

    /// <summary>Null when nobody answers, or when a worker's config came with a CA that no control plane here can sign for.</summary>
    public (BcTlsServerOptions Options, int Generation, ApiPresence Api)? Now()
    {
        int generation;
        ApiPresence api;
        PemPair? ca;
        lock (node.World.Gate)
        {
            (generation, api, ca) = (node.ApiGeneration, node.Api, IssuingCa());
        }

        if (api == ApiPresence.Away || (api == ApiPresence.Cluster && ca?.Key is null))
        {
            return null;
        }

        lock (_gate)
        {
            var now = node.World.Clock.GetUtcNow();
            if (_current is null || _generation != generation || now - _made > RenewAfter)
            {
                _current = Make(api, ca, now);
                (_generation, _made) = (generation, now);
            }

            return (_current, generation, api);
        }
    }

    /// <summary>What the console shows: the fingerprint of the certificate that is shown now. Null outside maintenance.</summary>
    public string? MaintenanceFingerprint() =>
        Now() is { Api: ApiPresence.Maintenance } current ? SpkiFingerprint.Of(current.Options.Identity.Chain[0]) : null;

    /// <summary>A worker's certificate is signed by a control plane's trustd, which has the CA's key; its own config has not.</summary>
    private PemPair? IssuingCa() => node.Active?.MachineCa is { Key: not null } own
        ? own
        : node.Cluster?.Discovered.Values.Select(other => other.Active?.MachineCa).FirstOrDefault(ca => ca?.Key is not null);

    private BcTlsServerOptions Make(ApiPresence api, PemPair? ca, DateTimeOffset now)
    {
        // From before the rehearsal began: a client that goes by the real clock, which virtual time runs ahead of, must not find it in the future.
        var from = node.World.Clock.Start - TimeSpan.FromHours(1);
        var life = now - from + ServerCertificates.DefaultLifetime;
        var wrong = api == ApiPresence.Cluster && node.World.FaultOn(FaultKind.WrongCertificate, node.Plate.Name) is not null;
        var issuer = api == ApiPresence.Maintenance || wrong ? ServerCertificates.CreateNodeAuthority(from) : ca!;
        string[] names = [node.Hostname, "localhost", .. (node.Active?.CertificateNames ?? []).Where(name => !System.Net.IPAddress.TryParse(name, out _))];
        System.Net.IPAddress[] addresses =
        [
            node.Plate.Address,
            .. (node.Active?.CertificateNames ?? []).Select(name => System.Net.IPAddress.TryParse(name, out var address) ? address : null).OfType<System.Net.IPAddress>(),
        ];
        var pair = ServerCertificates.Issue(issuer, addresses, names, from, life);
        return new BcTlsServerOptions
        {
            Identity = TlsIdentity.FromPem(pair, $"rehearsed node {node.Plate.Name}"),
            ClientTrust = api == ApiPresence.Cluster ? new ClientCertificateTrust(node.Active!.MachineCa!.Certificate, node.World.Clock) : null,
        };
    }
}

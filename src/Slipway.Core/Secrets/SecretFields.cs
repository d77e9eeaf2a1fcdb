namespace Slipway.Core.Secrets;

/// <summary>The places of all parts of a bundle, whichever kind of file they were found in.</summary>
internal sealed record SecretFields
{
    public required SecretField ClusterId { get; init; }

    public required SecretField ClusterSecret { get; init; }

    public required SecretField BootstrapToken { get; init; }

    public required SecretField Secretbox { get; init; }

    public required SecretField Aescbc { get; init; }

    public required SecretField TrustdToken { get; init; }

    public required (SecretField Certificate, SecretField Key) Etcd { get; init; }

    public required (SecretField Certificate, SecretField Key) Kubernetes { get; init; }

    public required (SecretField Certificate, SecretField Key) Aggregator { get; init; }

    public required SecretField ServiceAccount { get; init; }

    public required (SecretField Certificate, SecretField Key) Os { get; init; }
}

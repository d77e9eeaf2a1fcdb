namespace Slipway.Talos.Tls;

/// <summary>
/// A TLS connection could not be made or went on no longer. An <see cref="IOException"/>, because that is what HTTP stacks
/// expect of a broken stream.
/// </summary>
public sealed class TlsFailedException(TlsFailure failure, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    public TlsFailure Failure { get; } = failure;
}

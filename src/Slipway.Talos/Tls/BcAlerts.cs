using Org.BouncyCastle.Tls;

namespace Slipway.Talos.Tls;

/// <summary>From reasons to TLS alerts and back.</summary>
internal static class BcAlerts
{
    /// <summary>The alert that tells a peer why it is not trusted, as Go's TLS chooses it.</summary>
    internal static TlsFatalAlert Refusal(TlsFailedException failure) => new(
        failure.Failure switch
        {
            TlsFailure.NotOurCa => AlertDescription.unknown_ca,
            TlsFailure.OutsideValidity => AlertDescription.certificate_expired,
            TlsFailure.CertificateDemanded => AlertDescription.certificate_required,
            _ => AlertDescription.bad_certificate,
        },
        failure);

    internal static TlsFailedException Translate(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is TlsFailedException known)
            {
                return known;
            }
        }

        return error switch
        {
            TlsFatalAlertReceived { AlertDescription: var alert } when IsRefusal(alert) => new TlsFailedException(
                TlsFailure.RefusedByPeer, $"the peer refuses our certificate (alert {AlertDescription.GetText(alert)})", error),
            TlsFatalAlertReceived received => new TlsFailedException(
                TlsFailure.Protocol, $"the peer ended the TLS connection (alert {AlertDescription.GetText(received.AlertDescription)})", error),
            _ => new TlsFailedException(TlsFailure.Protocol, $"TLS failed: {error.Message}", error),
        };
    }

    private static bool IsRefusal(short alert) => alert
        is AlertDescription.bad_certificate
        or AlertDescription.unsupported_certificate
        or AlertDescription.certificate_revoked
        or AlertDescription.certificate_expired
        or AlertDescription.certificate_unknown
        or AlertDescription.unknown_ca
        or AlertDescription.access_denied
        or AlertDescription.certificate_required;
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Failures;

namespace Slipway.Talos.Pki;

/// <summary>Reads certificates from PEM text.</summary>
public static class CertificatePem
{
    /// <summary>The first certificate in <paramref name="pem"/>, without a private key.</summary>
    /// <param name="what">Whose, for the message: <c>the Talos CA</c>.</param>
    /// <exception cref="SlipwayException">There is none or it is damaged.</exception>
    public static X509Certificate2 Read(string pem, string what)
    {
        if (PemText.Read(pem) is not (PemText.CertificateLabel, var der))
        {
            throw Unreadable(what, "no PEM block 'CERTIFICATE'");
        }

        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException)
        {
            throw Unreadable(what, "a damaged certificate");
        }
    }

    private static SlipwayException Unreadable(string what, string found) =>
        new(FailureReason.BadInput, $"the certificate of {what} cannot be read") { Expected = "PEM of an X.509 certificate", Found = found };
}

using System.Security.Cryptography;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

/// <summary>Reads private keys under every label that Talos writes, and PKCS#8, which it reads too.</summary>
internal static class PrivateKeyPem
{
    /// <summary>PKCS#8, RFC 5958.</summary>
    private const string GenericLabel = "PRIVATE KEY";

    /// <param name="pem">PEM text.</param>
    /// <param name="what">Whose key, for the message: <c>the Talos CA</c>.</param>
    /// <exception cref="SlipwayException">The text is no key of a known kind. The message never quotes it.</exception>
    public static PrivateKey Read(Sensitive pem, string what)
    {
        if (PemText.Read(pem.Reveal()) is not var (label, der))
        {
            throw Unreadable(what, "no PEM block");
        }

        try
        {
            return label switch
            {
                Ed25519Key.Label or GenericLabel => FromPkcs8(der) ?? throw Unreadable(what, $"'{label}' with another kind of key"),
                EcdsaKey.Label => new EcdsaKey(Import(ECDsa.Create(), key => key.ImportECPrivateKey(der, out _))),
                RsaKey.Label => new RsaKey(Import(RSA.Create(), key => key.ImportRSAPrivateKey(der, out _))),
                _ => throw Unreadable(what, $"a PEM block '{label}'"),
            };
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException or IOException or InvalidOperationException)
        {
            // BouncyCastle and .NET word this differently and say nothing that helps; the content must not be quoted.
            throw Unreadable(what, $"'{label}' whose content is damaged");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private static PrivateKey? FromPkcs8(byte[] der)
    {
        var algorithm = Org.BouncyCastle.Asn1.Pkcs.PrivateKeyInfo.GetInstance(der).PrivateKeyAlgorithm.Algorithm.Id;
        return algorithm switch
        {
            "1.3.101.112" => Ed25519Key.FromPkcs8(der),
            "1.2.840.10045.2.1" => new EcdsaKey(Import(ECDsa.Create(), key => key.ImportPkcs8PrivateKey(der, out _))),
            "1.2.840.113549.1.1.1" => new RsaKey(Import(RSA.Create(), key => key.ImportPkcs8PrivateKey(der, out _))),
            _ => null,
        };
    }

    private static T Import<T>(T key, Action<T> import)
        where T : AsymmetricAlgorithm
    {
        try
        {
            import(key);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static SlipwayException Unreadable(string what, string found) =>
        new(FailureReason.BadInput, $"the private key of {what} cannot be read")
        {
            Expected = $"PEM: '{Ed25519Key.Label}', '{EcdsaKey.Label}', '{RsaKey.Label}' or '{GenericLabel}'",
            Found = found,
            Hint = "was secrets.yaml edited or cut short?",
        };
}

using System.Security.Cryptography;

namespace Slipway.Talos.Pki;

/// <summary>PEM text (RFC 7468) under whatever label, since Talos has one that no library knows.</summary>
public static class PemText
{
    public const string CertificateLabel = "CERTIFICATE";

    /// <summary>Ends with a newline, as Go writes it.</summary>
    public static string Write(string label, ReadOnlySpan<byte> der) => PemEncoding.WriteString(label, der) + "\n";

    /// <summary>Label and content of the first block, or null when there is none.</summary>
    public static (string Label, byte[] Der)? Read(string text)
    {
        if (!PemEncoding.TryFind(text, out var fields))
        {
            return null;
        }

        var der = new byte[fields.DecodedDataLength];
        return Convert.TryFromBase64Chars(text.AsSpan()[fields.Base64Data], der, out var written)
            ? (text[fields.Label], der[..written])
            : null;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Slipway.Extension.Oci;

/// <summary>SHA-256 in the form in which images name their parts.</summary>
internal static class OciDigest
{
    private const string Prefix = "sha256:";

    public static string Of(ReadOnlySpan<byte> content) => Text(SHA256.HashData(content));

    public static string Text(ReadOnlySpan<byte> hash) => Prefix + Convert.ToHexStringLower(hash);

    /// <summary>The 64 digits; nothing else may become part of a file's path.</summary>
    public static bool TryHex(string? digest, [NotNullWhen(true)] out string? hex)
    {
        hex = digest is not null && digest.StartsWith(Prefix, StringComparison.Ordinal) ? digest[Prefix.Length..] : null;
        if (hex is { Length: 64 } && hex.All(char.IsAsciiHexDigitLower))
        {
            return true;
        }

        hex = null;
        return false;
    }
}

namespace Slipway.Agent.Configuration;

/// <summary>Solana's public keys as text: 32 bytes in Bitcoin's base58 alphabet.</summary>
internal static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int KeyLength = 32;
    private const int LongestText = 44;

    public static bool TryDecode32(string text, out byte[] key)
    {
        key = new byte[KeyLength];
        if (text.Length is 0 or > LongestText)
        {
            return false;
        }

        foreach (var letter in text)
        {
            var carry = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (carry < 0)
            {
                return false;
            }

            for (var i = KeyLength - 1; i >= 0; i--)
            {
                carry += key[i] * 58;
                key[i] = (byte)carry;
                carry >>= 8;
            }

            if (carry != 0)
            {
                return false;
            }
        }

        // Each leading 1 is a leading zero byte, no more and no fewer: otherwise the text stands for another length.
        var zeros = key.TakeWhile(value => value == 0).Count();
        return text.TakeWhile(letter => letter == '1').Count() == zeros;
    }
}

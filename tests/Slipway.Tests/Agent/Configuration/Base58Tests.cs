using System.Numerics;
using CsCheck;
using Slipway.Agent.Configuration;

namespace Slipway.Tests.Agent.Configuration;

public sealed class Base58Tests
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    [Fact]
    public void Every_key_comes_back_from_its_text() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Int[0, 4]).Sample((key, zeros) =>
        {
            key.AsSpan(0, zeros).Clear();
            return Base58.TryDecode32(Encode(key), out var read) && read.SequenceEqual(key);
        });

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1111111111111111111111111111111111111111111")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("Vote11111111111111111111111111111111111111l")]
    public void What_is_not_32_bytes_is_refused(string text) => Assert.False(Base58.TryDecode32(text, out _));

    private static string Encode(byte[] key)
    {
        var number = new BigInteger(key, isUnsigned: true, isBigEndian: true);
        var text = "";
        for (; number > 0; number /= 58)
        {
            text = Alphabet[(int)(number % 58)] + text;
        }

        return new string('1', key.TakeWhile(value => value == 0).Count()) + text;
    }
}

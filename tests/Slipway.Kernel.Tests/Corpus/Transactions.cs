namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Signed transactions as they arrive at the TPU's vote port: a compact-u16 count of signatures, the signatures, a message.</summary>
internal static class Transactions
{
    /// <summary>A vote: one or two signatures, three header bytes, account keys, a blockhash and an instruction.</summary>
    public static byte[] Vote(Dice dice, int signatures, int length = 0)
    {
        var shortest = 1 + 64 * signatures + 3 + 1 + 2 * 32 + 32 + 40;
        var vote = dice.Bytes(Math.Max(length, shortest));
        vote[0] = (byte)signatures;
        vote[1 + 64 * signatures] = (byte)signatures;
        return vote;
    }
}

namespace Slipway.Kernel.Tests.Machine;

/// <summary>What a Solana RPC says of a cluster, as the file that the agent takes in its place: as many nodes as wanted, all with stake.</summary>
internal static class StakeFile
{
    /// <summary>Entry by entry, for there may be 100,000 of them.</summary>
    public static void Write(string file, int nodes)
    {
        using var text = new StreamWriter(file);
        text.Write("{\"voteAccounts\": {\"current\": [");
        List(text, nodes, number => $$"""{"nodePubkey": "{{Key(number)}}", "activatedStake": {{1_000_000_000L * (number + 1)}}}""");
        text.Write("], \"delinquent\": []}, \"clusterNodes\": [");
        List(text, nodes, number => $$"""{"pubkey": "{{Key(number)}}", "gossip": "45.{{number >> 16}}.{{number >> 8 & 255}}.{{number & 255}}:8001"}""");
        text.Write("]}");
    }

    private static void List(TextWriter text, int nodes, Func<int, string> entry)
    {
        for (var number = 0; number < nodes; number++)
        {
            text.Write(number == 0 ? entry(number) : $",\n{entry(number)}");
        }
    }

    private static string Key(int number) => $"Node{number:000000}".PadRight(40, 'x');
}

namespace Slipway.Tests.Agent.Stake;

/// <summary>What a Solana RPC says, in the shape that Agave gives it.</summary>
internal static class Answers
{
    public static string Key(int number) => $"Node{number:d5}".Replace('0', 'z').PadRight(43, '2');

    public static string Votes(params IEnumerable<(int Node, ulong Lamports)> current) =>
        $$"""{"jsonrpc":"2.0","result":{"current":[{{string.Join(',', current.Select(Vote))}}],"delinquent":[]},"id":1}""";

    public static string Nodes(params IEnumerable<(int Node, string? Gossip)> nodes) =>
        $$"""{"jsonrpc":"2.0","result":[{{string.Join(',', nodes.Select(node => Node(node.Node, node.Gossip)))}}],"id":1}""";

    public static string Vote((int Node, ulong Lamports) vote) =>
        $$"""{"activatedStake":{{vote.Lamports}},"commission":5,"epochCredits":[[1,2,3],[4,5,6]],"epochVoteAccount":true,"lastVote":7,"nodePubkey":"{{Key(vote.Node)}}","rootSlot":1,"votePubkey":"{{Key(99)}}"}""";

    public static string Node(int node, string? gossip) =>
        $$"""{"featureSet":1,"gossip":{{Text(gossip)}},"pubkey":"{{Key(node)}}","pubsub":null,"rpc":null,"shredVersion":50093,"tpu":null,"tvu":null,"version":"2.1.0"}""";

    private static string Text(string? text) => text is null ? "null" : $"\"{text}\"";
}

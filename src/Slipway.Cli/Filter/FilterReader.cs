using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Filter;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;

namespace Slipway.Cli.Filter;

/// <summary>Reads through the Talos API what the agents wrote on their nodes (Read, which needs os:admin).</summary>
internal sealed class FilterReader(ITalosFleet fleet, TimeProvider time)
{
    public const string TablesFile = "/run/slipway/xdp/tables.json";

    private const int AtATime = 16;

    /// <summary>One word a node, in the nodes' order; a node that is away is a word too.</summary>
    public async Task<IReadOnlyList<NodeWord>> ReadAsync(IReadOnlyList<NodeSpec> nodes, bool tables, CancellationToken cancellationToken)
    {
        var words = new NodeWord[nodes.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, nodes.Count, options, async (i, stop) => words[i] = await ReadAsync(nodes[i], tables, stop));
        return words;
    }

    private async Task<NodeWord> ReadAsync(NodeSpec node, bool tables, CancellationToken cancellationToken)
    {
        var word = new NodeWord { Node = node.Name, Address = node.Address.ToString() };
        try
        {
            var files = await fleet.Node(node).ReadFilesAsync(tables ? [FilterExtension.StatusFile, TablesFile] : [FilterExtension.StatusFile], cancellationToken);
            return Judge(word with { Tables = tables && files[TablesFile].Text is { } text ? AgentFiles.Tables(text) : null }, files[FilterExtension.StatusFile]);
        }
        catch (SlipwayException error) when (error.Reason is not FailureReason.Interrupted)
        {
            return word with { Problems = [error.Message] };
        }
    }

    private NodeWord Judge(NodeWord word, FileContent file)
    {
        if (file.Text is not { } text)
        {
            return word with { Problems = [file.Problem ?? $"there is no {FilterExtension.StatusFile}: the extension is not in the node's image, or its service {FilterExtension.Service} does not run ('slipway doctor' tells which)"] };
        }

        if (AgentFiles.Status(text) is not { } status)
        {
            return word with { Problems = [$"{FilterExtension.StatusFile} is not what this version of slipway reads"] };
        }

        // A node whose clock is ahead has just written.
        var age = TimeSpan.FromTicks(Math.Max((time.GetUtcNow() - status.WrittenAt).Ticks, 0));
        var problems = new List<string>();
        if (FilterJudge.Silence(status.WrittenAt, status.EverySeconds, time.GetUtcNow()) is { } silence)
        {
            problems.Add(silence);
        }

        if (status.Config.Findings.Count > 0)
        {
            problems.Add($"the configuration on the node is not in force: {status.Config.Findings[0]}");
        }

        return word with { Status = status, Age = age, Problems = [.. problems, .. status.Problems] };
    }
}

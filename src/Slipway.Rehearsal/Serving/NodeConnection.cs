using Microsoft.AspNetCore.Connections;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Serving;

/// <summary>One connection to a node: who came, in which life of the node's API. Every call on it finds this as a feature.</summary>
internal sealed class NodeConnection(RehearsedNode node, int generation, ApiPresence api, IReadOnlyList<string> roles, ConnectionContext context)
{
    public RehearsedNode Node => node;

    public int Generation => generation;

    /// <summary>What the API was when the connection was made; a connection never outlives it.</summary>
    public ApiPresence Api => api;

    /// <summary>From the client's certificate; empty where none was asked for.</summary>
    public IReadOnlyList<string> Roles => roles;

    /// <summary>Ends the connection without a word, as a power cut does, and waits until nothing can go out any more.</summary>
    public async Task CutAsync()
    {
        context.Abort();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (context.ConnectionClosed.Register(closed.SetResult))
        {
            await closed.Task;
        }
    }
}

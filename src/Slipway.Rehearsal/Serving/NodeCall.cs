using Grpc.Core;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Serving;

/// <summary>What a service needs to know of the call it serves.</summary>
/// <param name="Node">Whose call it is: the connection's node, or the one that it was forwarded to.</param>
/// <param name="Roles">The caller's.</param>
internal sealed record NodeCall(RehearsedNode Node, IReadOnlyList<string> Roles)
{
    private static readonly object Slot = new();

    public bool IsAdmin => Roles.Contains(CallPolicy.Admin);

    public static NodeCall Of(ServerCallContext context) => (NodeCall)context.UserState[Slot];

    public void AttachTo(ServerCallContext context) => context.UserState[Slot] = this;
}

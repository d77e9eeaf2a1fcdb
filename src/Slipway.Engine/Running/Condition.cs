namespace Slipway.Engine.Running;

/// <summary>Something that must become true, and how to look. Looking changes nothing.</summary>
/// <param name="Description">As it reads when it is met: <c>etcd has 3 members</c>.</param>
/// <param name="Node">The node that it is about, or null.</param>
public sealed record Condition(string Description, string? Node, Func<CancellationToken, Task<Verdict>> Look);

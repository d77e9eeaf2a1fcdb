namespace Slipway.Agent.Configuration;

/// <summary>What is right line by line and wrong together.</summary>
internal static class Contradictions
{
    public static IEnumerable<Finding> In(AgentConfig config, JsonPlace root) =>
    [
        .. SameInterfaceTwice(config, root),
        .. OverlappingPorts(config, root),
        .. BannedFriends(config, root),
        .. GuardedButNeverDropped(config, root),
    ];

    private static IEnumerable<Finding> SameInterfaceTwice(AgentConfig config, JsonPlace root) =>
        from index in Enumerable.Range(0, config.Interfaces.Count)
        let one = config.Interfaces[index]
        where config.Interfaces.Take(index).Any(other => (other.Name, other.Mac) == (one.Name, one.Mac))
        select At(root, "interfaces", index, $"{one.Name ?? one.Mac} is named twice");

    private static IEnumerable<Finding> OverlappingPorts(AgentConfig config, JsonPlace root) =>
        from index in Enumerable.Range(0, config.Ports.Count)
        let one = config.Ports[index]
        let other = config.Ports.Take(index).FirstOrDefault(other => other.Ports.Overlaps(one.Ports) && other.Role != one.Role)
        where other is not null
        select At(root, "ports", index, $"{one.Ports} overlaps {other.Ports}, which has another role");

    private static IEnumerable<Finding> BannedFriends(AgentConfig config, JsonPlace root) =>
        from index in Enumerable.Range(0, config.Banned.Count)
        let banned = config.Banned[index]
        let friend = config.Operators.Concat(config.ClusterNodes).Where(friend => banned.Equals(friend) || friend.Contains(banned.BaseAddress) && friend.PrefixLength <= banned.PrefixLength).Take(1).ToList()
        where friend.Count > 0
        select At(root, "banned", index, $"{banned} lies within {friend[0]}, which is an operator's or a node's and is never dropped");

    private static IEnumerable<Finding> GuardedButNeverDropped(AgentConfig config, JsonPlace root) =>
        from index in Enumerable.Range(0, config.Ports.Count)
        let guarded = config.Ports[index].Ports
        let safe = ProtectedPorts.All.Concat(config.NeverDrop).FirstOrDefault(safe => safe.Overlaps(guarded))
        where safe is not null
        select At(root, "ports", index, $"{guarded} overlaps {safe}, which is never dropped");

    private static Finding At(JsonPlace root, string key, int index, string message)
    {
        // Without the list in the file the value is a default, and the contradiction is with something that the file says: the whole file then.
        var list = root.Members.FirstOrDefault(member => member.Name == key)?.Value;
        var place = list is not null && index < list.Items.Count ? list.Items[index] : root;
        return new Finding { Line = place.Line, Column = place.Column, Path = $"{key}[{index}]", Message = message };
    }
}

using System.Collections.Concurrent;

namespace Slipway.Rehearsal.Agents;

/// <summary>The real agents of a rehearsal, one a machine whose image has the extension.</summary>
internal sealed class NodeAgents(AgentProgram program) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-agents-").FullName;
    private readonly ConcurrentDictionary<string, NodeAgent> _agents = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<NodeAgent> _ended = [];

    /// <summary>As Talos starts the service at each boot.</summary>
    /// <param name="links">Names of the machine's NICs.</param>
    /// <param name="config">The file that the machine config carries; null when it carries none.</param>
    public void Start(string node, IReadOnlyList<string> links, string? config)
    {
        Stop(node);
        _agents[node] = new NodeAgent(program, Path.Combine(_folder, $"{node}-{Guid.NewGuid():N}"), links, config);
    }

    public void Configure(string node, string? config)
    {
        if (_agents.TryGetValue(node, out var agent))
        {
            agent.Configure(config);
        }
    }

    /// <summary>Does not wait: whoever calls holds up all machines.</summary>
    public void Stop(string node)
    {
        if (_agents.TryRemove(node, out var agent))
        {
            agent.End();
            _ended.Add(agent);
        }
    }

    /// <summary>Null while none runs there.</summary>
    public NodeAgent? Find(string node) => _agents.GetValueOrDefault(node);

    public void Dispose()
    {
        foreach (var node in _agents.Keys)
        {
            Stop(node);
        }

        foreach (var agent in _ended)
        {
            agent.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}

using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Slipway.Core.Yaml;

/// <summary>Plays recorded events to YamlDotNet's node loader.</summary>
internal sealed class YamlReplay(IReadOnlyList<ParsingEvent> events) : IParser
{
    private int _next;

    public ParsingEvent? Current { get; private set; }

    public bool MoveNext()
    {
        Current = _next < events.Count ? events[_next++] : null;
        return Current is not null;
    }
}

using System.Globalization;

namespace Slipway.Talos.Talosconfig;

/// <summary>A talosconfig: contexts by name, one of which is in use.</summary>
public sealed record TalosClientConfig
{
    /// <summary>The name of the context in use, or null.</summary>
    public string? Context { get; init; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<string, TalosContext>> Contexts { get; init; } = [];

    public TalosContext? Find(string name) => Contexts.FirstOrDefault(pair => pair.Key == name).Value;

    /// <summary>
    /// Adds the contexts of another. As with talosctl a name that is taken gets a number, <c>prod-1</c>, and the other's context
    /// in use becomes the one in use.
    /// </summary>
    public TalosClientConfig Merge(TalosClientConfig other)
    {
        var contexts = Contexts.ToList();
        var current = Context;
        foreach (var (name, context) in other.Contexts)
        {
            var free = FreeName(name, contexts);
            contexts.Add(new(free, context));
            current = name == other.Context ? free : current;
        }

        return new TalosClientConfig { Context = current, Contexts = contexts };
    }

    private static string FreeName(string name, List<KeyValuePair<string, TalosContext>> taken)
    {
        var free = name;
        for (var number = 1; taken.Any(pair => pair.Key == free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return free;
    }
}

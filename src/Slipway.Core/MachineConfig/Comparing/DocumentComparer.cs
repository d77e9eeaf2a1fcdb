using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Comparing;

/// <summary>Compares two versions of one document, field by field.</summary>
internal sealed class DocumentComparer(string document, List<ConfigChange> changes)
{
    /// <summary>A section whose parts mean different things (names and the network itself): that it comes or goes is told part by part.</summary>
    private const string Apart = "machine.network";

    public void Compare(ConfigDocument before, ConfigDocument after)
    {
        var type = MergeTypes.Talos.OfKind(before.Kind) is { } known ? new MergeType(MergeForm.Struct) { Struct = known } : MergeType.Unknown;
        Values(type, before.Root, after.Root, new Place("", "", Secret: false));
    }

    /// <summary>Where a value stands: its path, the name of its key, and whether all below is secret.</summary>
    private readonly record struct Place(string Path, string Name, bool Secret)
    {
        public Place Below(string key, YamlMappingNode siblings) =>
            new(Path.Length == 0 ? key : $"{Path}.{key}", key, Secret || SecretFields.IsSecret(Name, key, siblings));

        public Place At(string element) => this with { Path = $"{Path}[{element}]" };
    }

    private void Values(MergeType type, YamlNode? before, YamlNode? after, Place place)
    {
        before = DecodedValue.OrNull(type, before);
        after = DecodedValue.OrNull(type, after);
        switch (before, after)
        {
            case (null, null):
                break;
            case (YamlMappingNode left, YamlMappingNode right):
                Maps(type, left, right, place);
                break;
            case (YamlSequenceNode left, YamlSequenceNode right):
                Lists(type, left, right, place);
                break;
            case (not null, not null):
                if (!DecodedValue.Same(type, before, after))
                {
                    Tell(ChangeKind.Changed, before, after, place);
                }

                break;
            case (YamlMappingNode, null) or (null, YamlMappingNode) when place.Path == Apart:
                Maps(type, before as YamlMappingNode ?? new YamlMappingNode(), after as YamlMappingNode ?? new YamlMappingNode(), place);
                break;
            default:
                Tell(before is null ? ChangeKind.Added : ChangeKind.Removed, before, after, place);
                break;
        }
    }

    private void Maps(MergeType type, YamlMappingNode before, YamlMappingNode after, Place place)
    {
        var right = after.Children.ToDictionary(pair => pair.Key.KeyText(), pair => pair.Value, StringComparer.Ordinal);
        foreach (var (key, value) in before.Children)
        {
            var name = key.KeyText();
            right.Remove(name, out var counterpart);
            Values(DecodedValue.Child(type, name), value, counterpart, place.Below(name, before));
        }

        foreach (var (name, value) in right)
        {
            Values(DecodedValue.Child(type, name), null, value, place.Below(name, after));
        }
    }

    private void Lists(MergeType type, YamlSequenceNode before, YamlSequenceNode after, Place place)
    {
        var element = DecodedValue.Element(type);
        if (ListKey.Common(type, before, after) is not { } key)
        {
            Elements(element, before, after, place);
            return;
        }

        var right = after.Children.ToDictionary(item => key.Of(item)!, StringComparer.Ordinal);
        foreach (var item in before.Children)
        {
            right.Remove(key.Of(item)!, out var counterpart);
            Values(element, item, counterpart, place.At(key.Of(item)!));
        }

        foreach (var (name, item) in right)
        {
            Values(element, null, item, place.At(name));
        }
    }

    /// <summary>Elements without a name: what one side has more often than the other; or a new order.</summary>
    private void Elements(MergeType element, YamlSequenceNode before, YamlSequenceNode after, Place place)
    {
        if (before.Children.Count == after.Children.Count && before.Children.Zip(after.Children).All(pair => DecodedValue.Same(element, pair.First, pair.Second)))
        {
            return;
        }

        var left = before.Children.Select(item => DecodedValue.Fingerprint(element, item)).ToList();
        var right = after.Children.Select(item => DecodedValue.Fingerprint(element, item)).ToList();
        var (removed, added) = (Surplus(left, right), Surplus(right, left));
        if (removed.Count + added.Count == 0)
        {
            Tell(ChangeKind.Changed, before, after, place);
        }

        foreach (var i in removed)
        {
            Tell(ChangeKind.Removed, before.Children[i], null, place.At(Index(i)));
        }

        foreach (var i in added)
        {
            Tell(ChangeKind.Added, null, after.Children[i], place.At(Index(i)));
        }
    }

    private static string Index(int index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Indexes of what <paramref name="list"/> has beyond <paramref name="other"/>; of equal ones the last.</summary>
    private static List<int> Surplus(List<string> list, List<string> other)
    {
        var spare = other.GroupBy(text => text, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var surplus = new List<int>();
        for (var i = 0; i < list.Count; i++)
        {
            if (spare.TryGetValue(list[i], out var count) && count > 0)
            {
                spare[list[i]] = count - 1;
            }
            else
            {
                surplus.Add(i);
            }
        }

        return surplus;
    }

    private void Tell(ChangeKind kind, YamlNode? before, YamlNode? after, Place place) => changes.Add(new ConfigChange
    {
        Kind = kind,
        Document = document,
        Path = place.Path,
        Before = before is null ? null : OneLine.Of(before, place.Name, place.Secret),
        After = after is null ? null : OneLine.Of(after, place.Name, place.Secret),
    });
}

namespace Slipway.Core.Doctor.Checks;

/// <summary>Rings, channels and offloads as the config asks for them.</summary>
internal sealed class EthernetCheck : NodeCheck
{
    public override string Id => "link.ethtool";

    public override string Why => "Talos does not check these against what the NIC can do, and tells a failure in its log alone";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var wanted = subject.Intent.Links.Where(link => link.Value.Rings.Count + link.Value.Channels.Count + link.Value.Features.Count > 0).ToList();
        if (wanted.Count == 0)
        {
            yield return NotApplicable("the machine config has no EthernetConfig");
        }

        foreach (var (name, link) in wanted)
        {
            if (subject.Detail.Ethernets.FirstOrDefault(ethernet => ethernet.Link == name) is not { } live)
            {
                yield return Fail("a NIC of that name", "the node tells of none", "correct the name of the EthernetConfig", name);
                continue;
            }

            foreach (var line in Numbers(name, "ring", link.Rings, live.Rings).Concat(Numbers(name, "channel", link.Channels, live.Channels)))
            {
                yield return line;
            }

            foreach (var (feature, on) in link.Features)
            {
                var got = live.Features.GetValueOrDefault(feature);
                yield return Judge(got?.StartsWith(on ? "on" : "off", StringComparison.Ordinal) == true, on ? "on" : "off", got ?? "no such feature",
                    got?.Contains("fixed", StringComparison.Ordinal) == true ? "the NIC does not let it change: take it out of the config" : "is the feature spelt as ethtool spells it?", $"{name} {feature}");
            }
        }
    }

    private IEnumerable<CheckLine> Numbers(string name, string what, IReadOnlyDictionary<string, int> wanted, IReadOnlyDictionary<string, int> live)
    {
        foreach (var (key, number) in wanted)
        {
            var most = live.GetValueOrDefault($"{key}-max");
            yield return Judge(live.GetValueOrDefault(key, -1) == number, $"{number}", live.TryGetValue(key, out var got) ? $"{got}" : "not told",
                most > 0 && number > most ? $"the NIC has at most {most}" : "look for ethtool in 'talosctl logs controller-runtime'", $"{name} {what} {key}");
        }
    }
}

namespace Slipway.Fuzz.Patching;

/// <summary>Damages texts as people, editors and attackers do: by characters, by words of the language, by lines and by blocks of other texts.</summary>
internal sealed class Mutator(Random random)
{
    private const int LongestText = 16_000;

    private static readonly string[] s_words =
    [
        ": ", "- ", "\n", "\n---\n", "...\n", "{", "}", "[", "]", "&a ", "*a", "<<: ", "!!str ", "!!binary ", "!x ", "|\n", ">-\n", "\"", "'", "#", "? ", "@", "`", "%YAML 1.1\n", "\t", "  ",
        "null", "~", "true", "off", "0", "0x1F", "0o17", "1e400", ".nan", "-.inf", "12345678901234567890", "2001-01-01", "9_9", "\\u0000", "\u2028", "\uFEFF", "\u0085", "🚀", "é",
        "$patch: delete", "$patch: replace", "machine:", "cluster:", "version: v1alpha1", "apiVersion: v1alpha1", "kind: LinkConfig", "kind: VolumeConfig", "kind: EthernetConfig",
        "kind: KubeletConfig", "name: a", "interface: eth0", "vlanId: 1", "deviceSelector: {physical: true}", "mountPath: /a", "podSubnets: []", "extraArgs: {a: null}", "admissionControl:",
        "op: add", "path: /machine/x~1y/-", "value: {}", "from: \"\"", "/machine/certSANs/99999999999",
    ];

    public string Mutate(string text, IReadOnlyList<string> others)
    {
        for (var times = 1 << random.Next(4); times > 0; times--)
        {
            text = Once(text, others[random.Next(others.Count)]);
        }

        return text.Length <= LongestText ? text : text[..LongestText];
    }

    private string Once(string text, string other)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 12), text.Length - at);
        switch (random.Next(9))
        {
            case 0:
                return text.Remove(at, length);
            case 1:
                return text.Insert(at, s_words[random.Next(s_words.Length)]);
            case 2:
                return text.Remove(at, length).Insert(at, s_words[random.Next(s_words.Length)]);
            case 3:
                return text.Insert(at, ((char)random.Next(1, 0x250)).ToString());
            case 4:
                var from = random.Next(other.Length + 1);
                return text.Insert(at, other.Substring(from, Math.Min(random.Next(1, 200), other.Length - from)));
            default:
                return Lines(text, other);
        }
    }

    /// <summary>Most of what matters in YAML happens between whole lines.</summary>
    private string Lines(string text, string other)
    {
        var lines = text.Split('\n').ToList();
        var (at, theirs) = (random.Next(lines.Count), other.Split('\n'));
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[random.Next(lines.Count)]);
                break;
            case 2:
                lines[at] = new string(' ', random.Next(9)) + lines[at].TrimStart();
                break;
            case 3:
                (lines[at], var swap) = (lines[random.Next(lines.Count)], lines[at]);
                lines[random.Next(lines.Count)] = swap;
                break;
            case 4:
                var start = random.Next(theirs.Length);
                lines.InsertRange(at, theirs.Skip(start).Take(random.Next(1, 12)));
                break;
            default:
                var colon = lines[at].IndexOf(": ", StringComparison.Ordinal);
                lines[at] = colon < 0 ? lines[at] + s_words[random.Next(s_words.Length)] : lines[at][..(colon + 2)] + s_words[random.Next(s_words.Length)].Trim();
                break;
        }

        return string.Join('\n', lines);
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Slipway.Tests.Architecture;
using Slipway.Xdp;
using Slipway.Xdp.Layout;
using Slipway.Xdp.Maps;

namespace Slipway.Tests.Xdp.Layout;

/// <summary>The loader mirrors bpf/solana_xdp.h; the header asserts its own offsets for the compiler, and these lines are what is compared.</summary>
public sealed partial class HeaderTests
{
    private static readonly string Header = File.ReadAllText(Path.Combine(SourceTree.Root, "bpf", "solana_xdp.h"));

    [Fact]
    public void Every_number_of_an_enum_has_the_same_name_in_the_loader()
    {
        Same<FilterMode>("mode");
        Same<PortRole>("role");
        Same<PeerClass>("class");
        Same<PeerGroup>("group");
    }

    [Fact]
    public void Every_reason_has_the_same_number_in_the_loader()
    {
        var theirs = Enumerators("reason", "SLW_");

        foreach (var reason in Enum.GetValues<Reason>())
        {
            Assert.True(theirs.TryGetValue(Plain(reason.ToString()), out var number), $"the header has no {reason}");
            Assert.Equal((int)reason, number);
        }

        Assert.Equal(Enum.GetValues<Reason>().Length, theirs.Keys.Count(name => !name.StartsWith("REASON", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_offset_and_size_that_the_header_asserts_is_the_loaders()
    {
        var structs = new Dictionary<string, Type>
        {
            ["slw_config"] = typeof(ConfigLayout),
            ["slw_policy"] = typeof(PolicyLayout),
            ["slw_event"] = typeof(EventLayout),
        };
        var names = new Dictionary<string, string> { ["exile_cpus"] = "ExileCpuCount", ["bank"] = "Bank0" };

        var offsets = Offset().Matches(Header).Select(match => (Type: structs[match.Groups[1].Value], Member: match.Groups[2].Value, At: int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture))).ToList();
        Assert.NotEmpty(offsets);
        Assert.All(offsets, offset => Assert.Equal(offset.At, (int)Marshal.OffsetOf(offset.Type, names.GetValueOrDefault(offset.Member, Pascal(offset.Member)))));
        Assert.Equal(128 + 2 * 1088, Marshal.SizeOf<ConfigLayout>());
        Assert.Equal(160, Marshal.SizeOf<EventLayout>());
        Assert.Contains("SLW_SIZE(struct slw_config, 128 + 2 * 1088)", Header, StringComparison.Ordinal);
        Assert.Contains("SLW_SIZE(struct slw_event, 160)", Header, StringComparison.Ordinal);
    }

    [Fact]
    public void The_word_of_the_peers_is_made_as_the_header_says()
    {
        // However the line is folded.
        Assert.Matches(@"#define SLW_PEERS\(bank, sets, first\)[\s\\]+\(\(\(__u64\)\(first\) << 32\) \| \(\(__u64\)\(\(sets\) ?- ?1\) << 16\) \| \(bank\)\)", Header);
        var word = new PeersWord(1, 5, 4096);

        Assert.Equal((4096ul << 32) | (31ul << 16) | 1, word.Write());
        Assert.Equal(word, PeersWord.Read(word.Write()));
    }

    [Fact]
    public void The_layouts_version_is_the_headers()
    {
        Assert.Contains("SLW_LAYOUT_MAGIC   0x534c5758u", Header, StringComparison.Ordinal);
        Assert.Contains($"SLW_LAYOUT_VERSION {ConfigLayout.Expected & uint.MaxValue}u", Header, StringComparison.Ordinal);
    }

    /// <summary>What the CPUs of a machine may pay ahead together is an eighth of a burst, or less where their number is no power of two.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 4)]
    [InlineData(3, 5)]
    [InlineData(96, 10)]
    public void Leases_of_all_CPUs_are_an_eighth_of_a_burst(int cpus, int shift) => Assert.Equal(shift, ConfigMap.LeaseShift(cpus));

    private static void Same<T>(string name)
        where T : struct, Enum
    {
        var theirs = Enumerators(name, $"SLW_{name.ToUpperInvariant()}_");
        foreach (var value in Enum.GetValues<T>())
        {
            Assert.Equal(Convert.ToInt32(value, CultureInfo.InvariantCulture), theirs[Plain(value.ToString())]);
        }

        Assert.Equal(Enum.GetValues<T>().Length, theirs.Keys.Count(name => name != "MAX"));
    }

    private static Dictionary<string, int> Enumerators(string name, string prefix)
    {
        var section = Header[Header.IndexOf($"enum slw_{name} {{", StringComparison.Ordinal)..];
        return Enumerator().Matches(section[..section.IndexOf("};", StringComparison.Ordinal)])
            .ToDictionary(match => match.Groups[1].Value[prefix.Length..].Replace("_", "", StringComparison.Ordinal), match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    private static string Plain(string pascal) => pascal.ToUpperInvariant();

    private static string Pascal(string snake) => string.Concat(snake.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    [GeneratedRegex(@"^\s+(SLW_[A-Z0-9_]+) = (\d+),", RegexOptions.Multiline)]
    private static partial Regex Enumerator();

    [GeneratedRegex(@"SLW_AT\(struct (\w+), (\w+), (\d+)\);")]
    private static partial Regex Offset();
}

using System.Net;
using Slipway.Xdp;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Benchmarks.Xdp;

/// <summary>Our filter as an agent would set it up: three thousand stakeholders, one of which sends; limits for all others; enforcing.</summary>
/// <remarks>No real cap lets the packets of a benchmark through, so the caps are the largest there are: what they cost is the same.</remarks>
internal sealed class FilterUnderTest : IDisposable
{
    public static readonly IPAddress Node = IPAddress.Parse("10.77.0.1");
    public static readonly IPAddress Node6 = IPAddress.Parse("2001:db8::1");
    public static readonly IPAddress Stakeholder = IPAddress.Parse("10.77.0.2");

    private static readonly BucketLimit s_huge = new(uint.MaxValue, uint.MaxValue);

    private readonly XdpFilter _filter;

    /// <param name="capped">Stakeholders have caps, each one and all together, which is the agent's default.</param>
    public FilterUnderTest(string workFolder, bool capped)
    {
        var build = Path.Combine(Root(), "bpf", "build.sh");
        Tool.Run(build, "clang llvm libbpf-dev", [workFolder]);
        _filter = XdpFilter.Load(
            FilterObject.FromFile(Path.Combine(workFolder, "solana_xdp.bpf.o")), [ProgramVariant.Frags, ProgramVariant.Plain], FilterSizes.Default);
        _filter.SetPorts(new PortRoles
        {
            Udp = new Dictionary<ushort, PortRole> { [Packets.Gossip] = PortRole.Gossip, [Packets.Shreds] = PortRole.Tvu },
            Tcp = new Dictionary<ushort, PortRole> { [Packets.Rpc] = PortRole.Rpc },
        });
        _filter.SetPeers(Enumerable.Range(0, 3000).Select(Neighbour).Append(Peer.At(Stakeholder, PeerClass.Staked, weight: 3)));
        var (none, huge) = (new RoleLimits(BucketLimit.None, BucketLimit.None), new RoleLimits(s_huge, s_huge));
        _filter.SetPolicy(new FilterPolicy
        {
            OwnAddresses = [Node, Node6],
            Limits = new Dictionary<(PortRole, PeerGroup), RoleLimits>
            {
                [(PortRole.Gossip, PeerGroup.Staked)] = capped ? huge : none,
                [(PortRole.Gossip, PeerGroup.Unknown)] = new(BucketLimit.Of(200, 400), BucketLimit.Of(20_000, 256)),
                [(PortRole.Rpc, PeerGroup.Unknown)] = new(BucketLimit.Of(200, 400), BucketLimit.Of(20_000, 256)),
                [(PortRole.Tvu, PeerGroup.Unknown)] = huge,
            },
        });
        _filter.Mode = FilterMode.Enforce;
    }

    public BpfHandle Frags => _filter.Program(ProgramVariant.Frags);

    public BpfHandle Plain => _filter.Program(ProgramVariant.Plain);

    public void Dispose() => _filter.Dispose();

    private static Peer Neighbour(int number) =>
        Peer.At(new IPAddress([198, 18, (byte)(number >> 8), (byte)number]), PeerClass.Staked, number % 8);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Bootstrap.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the filter's source is not where this program was built from");
    }
}

using Slipway.Agent.Configuration;
using Slipway.Agent.Filtering;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Maps;
using Slipway.Xdp.Status;

namespace Slipway.Tests.Agent.Running;

/// <summary>A kernel that takes everything, or refuses everything while it is told to.</summary>
internal sealed class FakeDataplane : IDataplane
{
    public bool Refuses { get; set; }

    public List<FilterPlan> Plans { get; } = [];

    public int Beats { get; private set; }

    public bool Detached { get; private set; }

    public TableStatus? Tables => null;

    public void Configure(FilterPlan plan, AgentConfig config)
    {
        Check();
        Plans.Add(plan);
    }

    public IReadOnlyList<InterfaceStatus> Attach(IReadOnlyList<InterfaceConfig> wishes, Action<string> problem)
    {
        Check();
        return [];
    }

    public void Beat() => Beats++;

    public IReadOnlyList<CounterStatus> Counters() => [];

    public IReadOnlyList<(string Nic, DropSample Sample)> Samples(int most) => [];

    public void Detach() => Detached = true;

    public void Dispose()
    {
    }

    private void Check()
    {
        if (Refuses)
        {
            throw new XdpException(XdpFailureReason.NotPermitted, "the kernel says no");
        }
    }
}

using Slipway.Agent.Configuration;
using Slipway.Xdp.Maps;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Filtering;

/// <summary>The filter in the kernel, as the agent's loop sees it. Every call may fail with an XdpException, which the loop tells and tries again.</summary>
internal interface IDataplane : IDisposable
{
    /// <summary>Brings the program's tables to the plan; the first call loads the program, wholly told before it is attached.</summary>
    void Configure(FilterPlan plan, AgentConfig config);

    /// <summary>Brings the interfaces to what is wished, and says how each is now. A problem with one is told by <paramref name="problem"/> and does not stop the others.</summary>
    IReadOnlyList<InterfaceStatus> Attach(IReadOnlyList<InterfaceConfig> wishes, Action<string> problem);

    void Beat();

    IReadOnlyList<CounterStatus> Counters();

    TableStatus? Tables { get; }

    /// <summary>Sampled drops since the last call, each with the name of its interface.</summary>
    IReadOnlyList<(string Nic, DropSample Sample)> Samples(int most);

    /// <summary>Takes the program off everything.</summary>
    void Detach();
}

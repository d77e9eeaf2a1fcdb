using System.Numerics;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Layout;

namespace Slipway.Xdp.Maps;

/// <summary>The program's configuration in our memory: words that it reads while packets pass. Not for several threads at once.</summary>
internal sealed unsafe class ConfigMap : IDisposable
{
    private readonly MappedMemory _memory;

    public ConfigMap(BpfHandle map)
    {
        _memory = MappedMemory.Of(map, sizeof(ConfigLayout));
        if (Words->Layout != ConfigLayout.Expected)
        {
            var found = Words->Layout;
            _memory.Dispose();
            throw new XdpException(
                XdpFailureReason.ObjectDamaged, $"the filter's layout is {found:x16}, and this loader knows {ConfigLayout.Expected:x16}: they are of different builds");
        }
    }

    public FilterMode Mode
    {
        get => (FilterMode)Volatile.Read(ref Words->Mode);
        set => Volatile.Write(ref Words->Mode, (ulong)value);
    }

    public PeersWord Peers
    {
        get => PeersWord.Read(Volatile.Read(ref Words->Peers));
        set => Volatile.Write(ref Words->Peers, value.Write());
    }

    public PeerHash Hash => new(Words->Salt[0], Words->Salt[1]);

    /// <summary>In kernel ticks, as <see cref="KernelTicks"/>; 0: an agent's silence changes nothing.</summary>
    public ulong HeartbeatTicks
    {
        get => Volatile.Read(ref Words->HeartbeatTicks);
        set => Volatile.Write(ref Words->HeartbeatTicks, value);
    }

    /// <summary>The tick of the last heartbeat.</summary>
    public ulong Heartbeat
    {
        get => Volatile.Read(ref Words->Heartbeat);
        set => Volatile.Write(ref Words->Heartbeat, value);
    }

    /// <summary>One drop in this many goes to the ring; a power of two, or 0 for none.</summary>
    public ulong Sample
    {
        get => Volatile.Read(ref Words->Sample);
        set => Volatile.Write(ref Words->Sample, value);
    }

    /// <summary>SLW_LAST of the last packet, where the program was loaded to leave it.</summary>
    public ulong Last => Volatile.Read(ref Words->Last);

    /// <summary>Counts the replacements of the peers, over all agents that used these maps; for people and metrics.</summary>
    public ulong PeersGeneration
    {
        get => Volatile.Read(ref Words->PeersGeneration);
        set => Volatile.Write(ref Words->PeersGeneration, value);
    }

    public ulong Generation => ActivePolicy->Generation;

    /// <summary>Whether somebody has set this configuration up: only then is the salt there.</summary>
    public bool IsBegun => Words->Salt[1] != 0;

    private ConfigLayout* Words => (ConfigLayout*)_memory.Pointer;

    private PolicyLayout* ActivePolicy => (Volatile.Read(ref Words->Active) & 1) == 0 ? &Words->Bank0 : &Words->Bank1;

    /// <summary>Once, before the first packet: the salt must never change while sources have buckets.</summary>
    public void Begin(ulong salt, ulong factor, uint sourceBuckets)
    {
        Words->Salt[0] = salt;
        Words->SourceMask = sourceBuckets - 1;
        Words->LeaseShift = (ulong)LeaseShift(PossibleCpus.Count);
        // Odd, so that the multiplication loses nothing; written last, since it says that all is there.
        Volatile.Write(ref Words->Salt[1], factor | 1);
    }

    /// <summary>Swaps the policy whole.</summary>
    /// <param name="wait">Takes some milliseconds, so that the bank which was left is free for the next.</param>
    public void SetPolicy(FilterPolicy policy, bool wait)
    {
        var next = (Volatile.Read(ref Words->Active) & 1) ^ 1;
        var bank = next == 0 ? &Words->Bank0 : &Words->Bank1;
        *bank = PolicyWriter.Write(policy);
        Volatile.Write(ref Words->Active, next);
        if (wait)
        {
            GracePeriod.Pass();
        }
    }

    public void Dispose() => _memory.Dispose();

    /// <summary>Leases of all CPUs together are an eighth of a burst.</summary>
    internal static int LeaseShift(int cpus) => 3 + BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)cpus));
}

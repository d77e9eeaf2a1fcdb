namespace Slipway.Rehearsal;

/// <summary>Something that is wrong with a machine but keeps it from nothing: <c>slipway doctor</c> is there to find it.</summary>
public enum Ailment
{
    /// <summary>Every link stays at MTU 1500, whatever the config says.</summary>
    LowMtu,

    /// <summary>The first link came up at 100 Mbit/s.</summary>
    SlowLink,

    /// <summary>Packets are damaged on the way and overrun the ring.</summary>
    LinkErrors,

    /// <summary>The NICs are of a kind whose driver knows no fragments.</summary>
    OldDriver,

    /// <summary>The NIC takes none of EthernetConfig's rings, channels and features.</summary>
    StubbornNic,

    /// <summary>The NIC has one queue.</summary>
    SingleQueue,

    /// <summary>The clock is five seconds off its server's.</summary>
    ClockOff,

    /// <summary>The node says that its time is not in sync.</summary>
    TimeUnsynced,

    /// <summary>Talos sits on another disk than the one that it was installed on.</summary>
    OtherDisk,

    /// <summary>The kubelet runs and is not healthy.</summary>
    SickService,

    /// <summary>The installed image has none of the extensions that the config configures.</summary>
    NoExtension,

    /// <summary>A CPU without SHA instructions and with few threads.</summary>
    WeakCpu,

    /// <summary>KubePrism finds no API server that answers.</summary>
    KubePrismSick,

    /// <summary>Somebody took the config's labels off the node in Kubernetes.</summary>
    LabelsGone,

    /// <summary>Talos' firewall was not set up, whatever the config says.</summary>
    NoFirewall,
}

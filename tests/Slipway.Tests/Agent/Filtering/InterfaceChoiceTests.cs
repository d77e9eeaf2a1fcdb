using Slipway.Agent.Configuration;
using Slipway.Agent.Filtering;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Network;

namespace Slipway.Tests.Agent.Filtering;

public sealed class InterfaceChoiceTests
{
    private readonly List<string> problems = [];

    [Fact]
    public void A_bond_stands_for_its_slaves_also_those_that_join_later()
    {
        var bond = Device(5, "bond0", kind: "bond");
        InterfaceConfig[] wishes = [new() { Name = "bond0", Slot = SlotPolicy.Follow }];

        Assert.Equal([(2, SlotPolicy.Follow)], Choose(wishes, [Device(2, "eth0", master: 5), Device(3, "eth1"), bond]));
        Assert.Equal([(2, SlotPolicy.Follow), (3, SlotPolicy.Follow)], Choose(wishes, [Device(2, "eth0", master: 5), Device(3, "eth1", master: 5), bond]));
        Assert.Empty(Choose(wishes, [Device(2, "eth0"), bond]));
        Assert.Empty(problems);
    }

    [Fact]
    public void A_mac_means_the_device_that_came_with_it_and_not_those_that_wear_it()
    {
        Nic[] all =
        [
            Device(2, "eth0", mac: "02:00:00:00:00:01"), Device(3, "eth0.7", mac: "02:00:00:00:00:01", kind: "vlan"),
            Device(4, "eth1", mac: "02:00:00:00:00:01") with { PermanentMac = "02:00:00:00:00:04" },
        ];

        Assert.Equal([(2, SlotPolicy.Own)], Choose([new() { Mac = "02:00:00:00:00:01" }], all));
        Assert.Equal([(4, SlotPolicy.Own)], Choose([new() { Mac = "02:00:00:00:00:04" }], all));
    }

    [Fact]
    public void Without_wishes_hardware_is_meant_and_an_interface_that_is_not_there_is_told()
    {
        Nic[] all = [Device(1, "lo", mac: "00:00:00:00:00:00"), Device(2, "eth0"), Device(3, "cilium_host", kind: "veth")];

        Assert.Equal([(2, SlotPolicy.Own)], Choose([], all));
        Assert.Empty(Choose([new() { Name = "eth9" }], all));
        Assert.Equal(["there is no interface eth9 (yet)"], problems);
    }

    private IReadOnlyList<(int, SlotPolicy)> Choose(IReadOnlyList<InterfaceConfig> wishes, IReadOnlyList<Nic> all) =>
        [.. InterfaceChoice.Of(wishes, all, problems.Add).Select(entry => (entry.Nic.Index, entry.Slot))];

    private static Nic Device(int index, string name, string mac = "02:00:00:00:00:02", string kind = "", int master = 0) => new()
    {
        Index = index,
        Name = name,
        Mac = mac,
        PermanentMac = mac,
        Mtu = 1500,
        Up = true,
        Carrier = true,
        Kind = kind,
        Driver = "virtio_net",
        Bus = "",
        RxQueues = 1,
        TxQueues = 1,
        Master = master,
        XdpMode = XdpMode.None,
        DriverProgram = 0,
        GenericProgram = 0,
        Features = null,
        Traffic = new NicTraffic { RxPackets = 0, TxPackets = 0, RxBytes = 0, TxBytes = 0, RxErrors = 0, TxErrors = 0, RxDropped = 0, TxDropped = 0, RxMissed = 0 },
    };
}

using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>Who has the XDP slot of an interface.</summary>
/// <param name="Program">The program's name, up to 15 characters; empty when the slot is free.</param>
/// <param name="ProgramId">0 when the slot is free.</param>
/// <param name="ByLink">Held by a bpf_link, which nobody else can replace; else by netlink, which anybody may.</param>
public sealed record SlotOwner(SlotOwnerKind Kind, string Program, uint ProgramId, XdpMode Mode, bool ByLink)
{
    private static readonly (string Prefix, SlotOwnerKind Kind)[] s_names =
    [
        (ProgramNames.Prefix, SlotOwnerKind.Slipway),
        ("cil_xdp", SlotOwnerKind.Cilium),
        ("agave_xdp", SlotOwnerKind.Agave),
        ("fd_xdp", SlotOwnerKind.Firedancer),
        ("xdp_dispatcher", SlotOwnerKind.Libxdp),
    ];

    /// <summary>Firedancer gives its program no name; its table of sockets has one (fd_xdp_install in src/waltz/xdp/fd_xdp1.c).</summary>
    private const string FiredancerSockets = "fd_xdp_xsks";

    public static SlotOwner Nobody { get; } = new(SlotOwnerKind.Nobody, "", 0, XdpMode.None, false);

    /// <summary>Whom a program's name betrays.</summary>
    public static SlotOwnerKind KindOf(string program) =>
        s_names.FirstOrDefault(name => program.StartsWith(name.Prefix, StringComparison.Ordinal)) is { Prefix: not null } known ? known.Kind : SlotOwnerKind.Unknown;

    /// <summary>Looks at the slot as it is now.</summary>
    public static SlotOwner Of(Nic nic)
    {
        ArgumentNullException.ThrowIfNull(nic);
        if (nic.Program == 0)
        {
            return Nobody;
        }

        using var link = Bpf.OpenXdpLink((uint)nic.Index, nic.Program);
        return Of(nic.Program, nic.XdpMode, link is not null);
    }

    /// <summary>The owner whose program runs behind a filter that follows, in the same link.</summary>
    internal static SlotOwner Behind(Nic nic, uint program) => Of(program, nic.XdpMode, byLink: true);

    private static SlotOwner Of(uint id, XdpMode mode, bool byLink)
    {
        using var program = Bpf.OpenProgram(id);
        if (program is null)
        {
            return Nobody;
        }

        var name = Bpf.ProgramFactsOf(program).Name;
        var kind = KindOf(name);
        if (kind == SlotOwnerKind.Unknown && Bpf.MapNamesOf(program).Contains(FiredancerSockets, StringComparer.Ordinal))
        {
            kind = SlotOwnerKind.Firedancer;
        }

        return new SlotOwner(kind, name, id, mode, byLink);
    }

    /// <summary>As a person says it: "Cilium's cil_xdp_entry (program 12, driver mode, by link)".</summary>
    public override string ToString() => Kind switch
    {
        SlotOwnerKind.Nobody => "nobody",
        SlotOwnerKind.Unknown => $"the program {Details}",
        _ => Program.Length > 0 ? $"{Kind}'s {Details}" : $"{Kind}'s program {Details}",
    };

    private string Details => $"{(Program.Length > 0 ? Program : "without a name")} ({(Mode == XdpMode.Generic ? "generic" : "driver")} mode, by {(ByLink ? "link" : "netlink")}, program {ProgramId})";
}

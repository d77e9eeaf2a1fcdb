using Slipway.Xdp.Interop;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>Programs that may hold an XDP slot on a validator node, by the names that their makers gave them.</summary>
internal static class SlotOwners
{
    public static string Of(Nic nic)
    {
        if (nic.Program == 0)
        {
            return "";
        }

        using var program = Bpf.OpenProgram(nic.Program);
        return program is null ? "" : NameOf(Bpf.ProgramFactsOf(program).Name);
    }

    public static string NameOf(string program) => program switch
    {
        _ when program.StartsWith("slw_xdp", StringComparison.Ordinal) => "slipway",
        _ when program.StartsWith("cil_xdp", StringComparison.Ordinal) => $"Cilium ({program})",
        _ when program.StartsWith("agave_xdp", StringComparison.Ordinal) => $"Agave ({program})",
        _ when program.StartsWith("fd_xdp", StringComparison.Ordinal) || program.StartsWith("firedancer", StringComparison.Ordinal) => $"Firedancer ({program})",
        _ when program.StartsWith("xdp_dispatcher", StringComparison.Ordinal) => $"libxdp ({program})",
        _ => program.Length > 0 ? program : "a program without a name",
    };
}

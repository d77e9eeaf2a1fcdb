using System.Buffers.Binary;
using Slipway.Extension.Building;
using Slipway.Extension.Oci;

namespace Slipway.Tests.Extension;

/// <summary>Stand-ins for agent and filter: heads of ELF files, and enough of a body to be told apart.</summary>
internal static class SampleParts
{
    public static ExtensionContent Content(string body = "agent", bool dynamicAgent = false) => new()
    {
        Agent = Elf(62, dynamicAgent, body),
        AgentFile = "xdp-agent",
        XdpObject = Elf(247, false, "filter"),
        XdpObjectFile = "solana_xdp.bpf.o",
    };

    public static OciImage Image() => ExtensionBuilder.Build(Content(), ExtensionBuilder.DefaultReference);

    public static byte[] Elf(ushort machine, bool interpreter, string body)
    {
        var file = new byte[64 + 56];
        "\u007fELF"u8.CopyTo(file);
        (file[4], file[5]) = (2, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(18), machine);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(32), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(54), 56);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(56), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(64), interpreter ? 3u : 1u);
        return [.. file, .. System.Text.Encoding.UTF8.GetBytes(body)];
    }
}

using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Maps;

/// <summary>Which local port has which role: a byte a port and protocol, each by itself.</summary>
internal sealed unsafe class PortMap(BpfHandle map) : IDisposable
{
    private const int Ports = 65536;

    private readonly MappedMemory _memory = MappedMemory.Of(map, 2 * Ports);

    /// <summary>Ports that are not named lose their role. A packet sees each port's old role or its new one.</summary>
    public void Replace(PortRoles roles)
    {
        Write(_memory.Pointer, roles.Udp);
        Write(_memory.Pointer + Ports, roles.Tcp);
    }

    public PortRole Udp(ushort port) => (PortRole)_memory.Pointer[port];

    public PortRole Tcp(ushort port) => (PortRole)_memory.Pointer[Ports + port];

    public void Dispose() => _memory.Dispose();

    private static void Write(byte* table, IReadOnlyDictionary<ushort, PortRole> roles)
    {
        for (var port = 0; port < Ports; port++)
        {
            var role = roles.TryGetValue((ushort)port, out var given) ? (byte)given : (byte)PortRole.None;
            if (table[port] != role)
            {
                Volatile.Write(ref table[port], role);
            }
        }
    }
}

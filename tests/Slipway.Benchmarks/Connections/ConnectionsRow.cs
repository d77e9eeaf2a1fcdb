namespace Slipway.Benchmarks.Connections;

/// <summary>What one client process needs to hold a connection to every node, each with a watch open on it.</summary>
/// <param name="Identity"><c>ecdsa</c> or <c>ed25519</c>.</param>
/// <param name="Sockets">Established TCP connections to port 50000, as the kernel counts them.</param>
/// <param name="BeforeBytes">Resident set when everything is loaded and one connection has been made and dropped.</param>
/// <param name="AfterBytes">The same with all connections open and idle.</param>
/// <param name="PeakBytes">At most at any moment.</param>
/// <param name="ManagedBytes">Live objects, of <see cref="AfterBytes"/>.</param>
internal sealed record ConnectionsRow(
    string Identity, int Nodes, int Sockets, long BeforeBytes, long AfterBytes, long PeakBytes, long ManagedBytes, double CpuMillisecondsPerNode, double WallSeconds)
{
    public long BytesPerConnection => (AfterBytes - BeforeBytes) / Nodes;
}

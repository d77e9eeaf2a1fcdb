using System.Net;

namespace Slipway.Agent.Configuration;

/// <summary>An address, a port and a path; written as a URL.</summary>
internal sealed record RpcEndpoint(IPEndPoint Address, string Path)
{
    public override string ToString() => $"http://{Address}{Path}";
}

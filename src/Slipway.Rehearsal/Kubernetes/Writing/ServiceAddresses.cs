using System.Buffers.Binary;
using System.Net;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <summary>Cluster IPs out of the service CIDR (IPv4). The first hundred are left to fixed addresses: .1 is <c>kubernetes</c>, .10 the DNS.</summary>
internal sealed class ServiceAddresses(KubernetesStore store, IPNetwork network)
{
    private uint _next = 100;

    public string Next()
    {
        var taken = store.List(BuiltInResources.Services).Items.Select(item => item.Json.Text("spec", "clusterIP")).ToHashSet();
        string address;
        do
        {
            address = At(++_next);
        }
        while (taken.Contains(address));

        return address;
    }

    public string At(uint index)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) + index);
        return new IPAddress(bytes).ToString();
    }
}

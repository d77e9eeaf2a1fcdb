using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Layout;

namespace Slipway.Xdp.Maps;

/// <summary>A policy in the program's own words. Refuses what does not fit before anything is written.</summary>
internal static unsafe class PolicyWriter
{
    private const ulong MarkMetadata = 1;
    private const ulong MarkDscp = 2;
    private const int DscpShift = 16;
    private const int IdentityBytes = 32;

    public static PolicyLayout Write(FilterPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var layout = new PolicyLayout { ShredVersion = policy.ShredVersion, Generation = policy.Generation, Marks = MarksOf(policy) };
        WriteAddresses(ref layout, policy.OwnAddresses);
        WriteIdentity(ref layout, policy.Identity.Span);
        WriteExile(ref layout, policy.ExileCpus);
        foreach (var ((role, group), limits) in policy.Limits)
        {
            Require((int)role < PolicyLayout.Roles && group < PeerGroup.Special, $"no limit can be set for role {role} and group {group}");
            var index = ((int)role * PolicyLayout.Groups + (int)group) * 2;
            layout.Limits[index] = limits.Source.Word;
            layout.Limits[index + 1] = limits.Total.Word;
        }

        return layout;
    }

    private static void WriteAddresses(ref PolicyLayout layout, IReadOnlyList<IPAddress> addresses)
    {
        var families = addresses.Distinct().ToLookup(address => address.AddressFamily);
        Require(
            families.All(family => family.Count() <= PolicyLayout.OwnAddresses),
            $"the filter knows at most {PolicyLayout.OwnAddresses} own addresses of each family");
        var index = 0;
        foreach (var address in families[AddressFamily.InterNetwork])
        {
            layout.Own4[index++] = MemoryMarshal.Read<uint>(address.GetAddressBytes());
        }

        index = 0;
        foreach (var address in families[AddressFamily.InterNetworkV6])
        {
            var words = MemoryMarshal.Cast<byte, ulong>(address.GetAddressBytes());
            layout.Own6[index++] = words[0];
            layout.Own6[index++] = words[1];
        }
    }

    private static void WriteIdentity(ref PolicyLayout layout, ReadOnlySpan<byte> identity)
    {
        Require(identity.Length is 0 or IdentityBytes, $"an identity has {IdentityBytes} bytes, not {identity.Length}");
        fixed (ulong* words = layout.Identity)
        {
            identity.CopyTo(new Span<byte>(words, IdentityBytes));
        }
    }

    private static void WriteExile(ref PolicyLayout layout, IReadOnlyList<int> cpus)
    {
        Require(cpus.Count <= PolicyLayout.ExileCpus, $"packets can be exiled to at most {PolicyLayout.ExileCpus} CPUs");
        layout.ExileCpuCount = (ulong)cpus.Count;
        // The program takes one of all entries, whatever the count.
        for (var i = 0; i < PolicyLayout.ExileCpus && cpus.Count > 0; i++)
        {
            layout.ExileCpu[i] = (uint)cpus[i % cpus.Count];
        }
    }

    private static ulong MarksOf(FilterPolicy policy)
    {
        var marks = policy.MarkMetadata ? MarkMetadata : 0;
        if (policy.MarkDscp is null)
        {
            return marks;
        }

        foreach (var (group, dscp) in policy.MarkDscp)
        {
            Require(dscp < 64, $"a DSCP is 0 to 63, not {dscp}");
            marks |= (ulong)dscp << (DscpShift + 8 * (int)group);
        }

        return marks | MarkDscp;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new XdpException(XdpFailureReason.BadValue, message);
        }
    }
}

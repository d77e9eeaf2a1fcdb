using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Network.Netlink;

namespace Slipway.Xdp.Network;

/// <summary>
/// Hears of changes of interfaces (RTNLGRP_LINK). A swap of the program in an XDP link is not among them: the kernel sends no
/// event for it, so that whoever follows a slot has to look by itself.
/// </summary>
public sealed unsafe class NicWatch : IDisposable
{
    private const uint LinkGroup = 1; // RTMGRP_LINK
    private const ushort NewLink = 16;
    private const ushort DeletedLink = 17;

    private readonly NetlinkSocket _socket = new(NetlinkSocket.Route, LinkGroup);

    /// <summary>
    /// Blocks until something changed or the time is over, and gives what changed. A single change with index 0 means that so
    /// much happened that the kernel threw events away: look at everything.
    /// </summary>
    public IReadOnlyList<NicChange> Wait(TimeSpan atMost)
    {
        var entry = new Libc.PollEntry { Fd = _socket.Fd, Events = Libc.PollIn };
        var ready = Libc.Poll(&entry, 1, (int)Math.Clamp(atMost.TotalMilliseconds, 0, int.MaxValue));
        if (ready < 0 && Marshal.GetLastPInvokeError() != Errno.Interrupted)
        {
            throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), "waiting for changes of interfaces");
        }

        if (ready <= 0)
        {
            return [];
        }

        var changes = new List<NicChange>();
        var whole = _socket.Drain((type, body) =>
        {
            if (type is NewLink or DeletedLink)
            {
                var nic = RouteLinks.Parse(body);
                changes.Add(new NicChange(nic.Index, nic.Name, type == DeletedLink));
            }
        });
        return whole ? changes : [new NicChange(0, "", Gone: false)];
    }

    public void Dispose() => _socket.Dispose();
}

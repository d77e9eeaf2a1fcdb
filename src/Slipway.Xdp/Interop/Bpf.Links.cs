using Slipway.Xdp.Failures;

namespace Slipway.Xdp.Interop;

internal static unsafe partial class Bpf
{
    public const uint XdpLinkType = 6;
    public const uint TcxLinkType = 11;

    /// <summary>With BPF_F_REPLACE the kernel compares before it swaps.</summary>
    private const uint Replace = 4;

    /// <summary>Before all others when nothing relative is named (mprog).</summary>
    private const uint Before = 8;

    /// <summary>Attaches by a link that ends with its last descriptor or pin. <paramref name="mode"/> holds XDP_FLAGS_*.</summary>
    public static int TryLinkXdp(BpfHandle program, uint nic, uint mode, out BpfHandle? link) =>
        TryLink(program, nic, BpfAttachType.Xdp, mode, out link);

    /// <summary>Attaches at the head of the tcx ingress chain.</summary>
    public static int TryLinkTcx(BpfHandle program, uint nic, out BpfHandle? link) =>
        TryLink(program, nic, BpfAttachType.TcxIngress, Before, out link);

    /// <summary>
    /// Swaps the program of a link if it is still <paramref name="expected"/>: EPERM (or EINVAL from tcx) when it is not, ENOLINK
    /// when the interface is gone, EINVAL when the two programs do not fit the same place.
    /// </summary>
    public static int TryLinkReplace(BpfHandle link, BpfHandle program, BpfHandle expected)
    {
        var attributes = new BpfAttributes.LinkUpdate
        {
            LinkFd = (uint)link.Fd,
            NewProgramFd = (uint)program.Fd,
            Flags = Replace,
            OldProgramFd = (uint)expected.Fd,
        };
        return TryCall(BpfCommand.LinkUpdate, &attributes, sizeof(BpfAttributes.LinkUpdate), out _);
    }

    public static int TryLinkDetach(BpfHandle link)
    {
        var fd = (uint)link.Fd;
        return TryCall(BpfCommand.LinkDetach, &fd, sizeof(uint), out _);
    }

    /// <summary>The link with this id, or null when it is gone. An owner's link must be closed at once: a held one outlives it.</summary>
    public static BpfHandle? OpenLink(uint id) => OpenById(BpfCommand.LinkFdById, id, "link");

    public static LinkFacts LinkFactsOf(BpfHandle link)
    {
        BpfAttributes.LinkInfo info = default;
        ReadInfo(link, &info, sizeof(BpfAttributes.LinkInfo), "a link");
        return new LinkFacts(info.Id, info.Type, info.ProgramId, info.Interface);
    }

    /// <summary>The XDP link of an interface that holds this program: interface numbers repeat in other network namespaces.</summary>
    public static BpfHandle? OpenXdpLink(uint nic, uint program) => OpenXdpLink(facts => facts.Interface == nic && facts.ProgramId == program);

    /// <summary>The first XDP link of the machine, in whichever network namespace, that is wanted; null when none is.</summary>
    public static BpfHandle? OpenXdpLink(Func<LinkFacts, bool> wanted)
    {
        for (uint id = 0; NextLinkId(id) is { } next; id = next)
        {
            var link = OpenLink(next);
            if (link is not null && LinkFactsOf(link) is { Type: XdpLinkType } facts && wanted(facts))
            {
                return link;
            }

            link?.Dispose();
        }

        return null;
    }

    private static uint? NextLinkId(uint id)
    {
        var attributes = new BpfAttributes.ById { StartOrId = id };
        return TryCall(BpfCommand.LinkNextId, &attributes, sizeof(BpfAttributes.ById), out _) switch
        {
            0 => attributes.NextId,
            Errno.NoEntry => null,
            var errno => throw XdpException.FromErrno(errno, "walking through the links"),
        };
    }

    private static int TryLink(BpfHandle program, uint nic, BpfAttachType type, uint flags, out BpfHandle? link)
    {
        var attributes = new BpfAttributes.LinkCreate
        {
            ProgramFd = (uint)program.Fd,
            TargetInterface = nic,
            AttachType = (uint)type,
            Flags = flags,
        };
        var errno = TryCall(BpfCommand.LinkCreate, &attributes, sizeof(BpfAttributes.LinkCreate), out var fd);
        link = errno == 0 ? new BpfHandle(fd) : null;
        return errno;
    }
}

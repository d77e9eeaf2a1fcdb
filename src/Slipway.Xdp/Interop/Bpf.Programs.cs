namespace Slipway.Xdp.Interop;

internal static unsafe partial class Bpf
{
    public const uint TestRunOnLiveFrames = 2;

    /// <summary>The program with this id, or null when it is gone.</summary>
    public static BpfHandle? OpenProgram(uint id) => OpenById(BpfCommand.ProgramFdById, id, "program");

    public static ProgramFacts ProgramFactsOf(BpfHandle program)
    {
        BpfAttributes.ProgramInfo info = default;
        ReadInfo(program, &info, sizeof(BpfAttributes.ProgramInfo), "a program");
        return new ProgramFacts(
            info.Id,
            NameOf(info.Name),
            Convert.ToHexStringLower(new ReadOnlySpan<byte>(info.Tag, 8)),
            info.Type,
            info.VerifiedInstructions);
    }

    /// <summary>The names of the maps that a program uses, cut to 15 characters; maps that are going away meanwhile are left out.</summary>
    public static IReadOnlyList<string> MapNamesOf(BpfHandle program)
    {
        var names = new List<string>();
        foreach (var id in MapIdsOf(program))
        {
            using var map = OpenById(BpfCommand.MapFdById, id, "map");
            if (map is not null)
            {
                names.Add(MapFactsOf(map).Name);
            }
        }

        return names;
    }

    /// <summary>The maps that a program uses, at most 64 of them.</summary>
    public static IReadOnlyList<uint> MapIdsOf(BpfHandle program)
    {
        const int most = 64;
        var ids = stackalloc uint[most];
        var info = new BpfAttributes.ProgramInfo { MapCount = most, MapIds = (ulong)ids };
        ReadInfo(program, &info, sizeof(BpfAttributes.ProgramInfo), "a program");
        return new ReadOnlySpan<uint>(ids, (int)Math.Min(info.MapCount, most)).ToArray();
    }

    /// <summary>
    /// BPF_PROG_TEST_RUN. <paramref name="duration"/> is the mean of one run in whole nanoseconds, which is the only clock to trust
    /// here. Live frames (<see cref="TestRunOnLiveFrames"/>) are really sent and give no output.
    /// </summary>
    public static int TryTestRun(
        BpfHandle program, ReadOnlySpan<byte> input, Span<byte> output, ReadOnlySpan<byte> context, uint repeat, uint flags, uint batch,
        out uint returned, out uint duration, out int written)
    {
        fixed (byte* inputBytes = input)
        fixed (byte* outputBytes = output)
        fixed (byte* contextBytes = context)
        {
            var attributes = new BpfAttributes.TestRun
            {
                ProgramFd = (uint)program.Fd,
                DataSizeIn = (uint)input.Length,
                DataIn = (ulong)inputBytes,
                DataSizeOut = (uint)output.Length,
                DataOut = (ulong)outputBytes,
                ContextSizeIn = (uint)context.Length,
                ContextIn = (ulong)contextBytes,
                Repeat = repeat,
                Flags = flags,
                BatchSize = batch,
            };
            var errno = TryCall(BpfCommand.ProgramTestRun, &attributes, sizeof(BpfAttributes.TestRun), out _);
            (returned, duration, written) = (attributes.Returned, attributes.Duration, (int)attributes.DataSizeOut);
            return errno;
        }
    }

    /// <summary>Programs of a tcx chain in the order in which they run, with the link of each (0 where none is).</summary>
    public static IReadOnlyList<(uint Program, uint Link)> QueryTcx(uint nic)
    {
        const int most = 64;
        var programs = stackalloc uint[most];
        var links = stackalloc uint[most];
        var attributes = new BpfAttributes.ProgramQuery
        {
            TargetInterface = nic,
            AttachType = (uint)BpfAttachType.TcxIngress,
            ProgramIds = (ulong)programs,
            LinkIds = (ulong)links,
            Count = most,
        };
        var errno = TryCall(BpfCommand.ProgramQuery, &attributes, sizeof(BpfAttributes.ProgramQuery), out _);
        if (errno is Errno.NoEntry or Errno.Invalid)
        {
            // No chain yet, or a kernel before 6.6, which has none.
            return [];
        }

        Check(errno, $"reading the tcx chain of interface {nic}");
        var chain = new List<(uint, uint)>();
        for (var i = 0; i < attributes.Count; i++)
        {
            chain.Add((programs[i], links[i]));
        }

        return chain;
    }
}

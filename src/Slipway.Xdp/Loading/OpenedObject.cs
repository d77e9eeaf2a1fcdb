using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Loading;

/// <summary>libbpf's view of the object between opening and loading; gone after it, since it is some MB of memory.</summary>
internal sealed unsafe class OpenedObject : IDisposable
{
    // Only touched when a program is refused; until then it is but a number of pages that could be.
    private const int LogBytes = 16 << 20;

    private readonly Dictionary<string, nint> _programs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, nint> _maps = new(StringComparer.Ordinal);
    private readonly nint _object;
    private readonly MappedMemory _log = MappedMemory.Anonymous(LogBytes);

    private OpenedObject(nint opened)
    {
        _object = opened;
        for (var program = Libbpf.ObjectNextProgram(opened, 0); program != 0; program = Libbpf.ObjectNextProgram(opened, program))
        {
            _programs[Text(Libbpf.ProgramName(program))] = program;
        }

        for (var map = Libbpf.ObjectNextMap(opened, 0); map != 0; map = Libbpf.ObjectNextMap(opened, map))
        {
            _maps[Text(Libbpf.MapName(map))] = map;
        }
    }

    public static OpenedObject Open(ReadOnlySpan<byte> elf)
    {
        fixed (byte* bytes = elf)
        fixed (byte* name = "slipway\0"u8)
        {
            var options = new Libbpf.OpenOptions { Size = (nuint)sizeof(Libbpf.OpenOptions), ObjectName = name };
            var opened = Libbpf.ObjectOpenMemory(bytes, (nuint)elf.Length, &options);
            var errno = Marshal.GetLastPInvokeError();
            return opened != 0
                ? new OpenedObject(opened)
                : throw new XdpException(
                    XdpFailureReason.ObjectDamaged,
                    $"the filter is no BPF object that libbpf can open: {Errno.Describe(errno)}{Said()}", errno);
        }
    }

    /// <summary>Says which programs and maps are wanted, how large, and which maps are there already.</summary>
    public void Choose(LoadRequest request)
    {
        var wanted = WantedPrograms(request).ToHashSet(StringComparer.Ordinal);
        if (wanted.FirstOrDefault(name => !_programs.ContainsKey(name)) is { } missing)
        {
            throw new XdpException(
                XdpFailureReason.ObjectDamaged,
                $"the filter has no program {missing}; it has {string.Join(", ", _programs.Keys.Order(StringComparer.Ordinal))}");
        }

        foreach (var (name, program) in _programs)
        {
            Check(Libbpf.ProgramSetAutoload(program, wanted.Contains(name) ? (byte)1 : (byte)0), $"choosing {name}");
            Check(Libbpf.ProgramSetLogBuffer(program, _log.Pointer, LogBytes), $"preparing {name}");
        }

        foreach (var variant in request.Variants.Where(variant => ProgramNames.AttachType(variant) == BpfAttachType.None))
        {
            Check(Libbpf.ProgramSetExpectedAttachType(_programs[ProgramNames.Of(variant)], 0), $"preparing {variant}");
        }

        var sizes = request.Sizes.MaxEntries(PossibleCpus.Count);
        var foreign = ProgramNames.XdpVariants.Except(request.Variants)
            .SelectMany(variant => new[] { ProgramNames.NextMap(variant), ProgramNames.ExileMap(variant) })
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (name, map) in _maps)
        {
            Check(Libbpf.MapSetAutocreate(map, foreign.Contains(name) ? (byte)0 : (byte)1), $"choosing {name}");
            if (request.Reuse.TryGetValue(name, out var existing))
            {
                Check(Libbpf.MapReuseFd(map, existing.Fd), $"using {name} again");
            }
            else if (sizes.TryGetValue(name, out var entries))
            {
                Check(Libbpf.MapSetMaxEntries(map, entries), $"sizing {name}");
            }
        }

        SetTrace(request.Trace);
    }

    public LoadedFilter Load(LoadRequest request)
    {
        if (Libbpf.ObjectLoad(_object) != 0)
        {
            throw Refused(Marshal.GetLastPInvokeError());
        }

        var programs = WantedPrograms(request).ToDictionary(
            name => name, name => BpfHandle.Duplicate(Libbpf.ProgramFd(_programs[name])), StringComparer.Ordinal);
        var maps = _maps.Where(map => Libbpf.MapFd(map.Value) >= 0).ToDictionary(
            map => map.Key, map => BpfHandle.Duplicate(Libbpf.MapFd(map.Value)), StringComparer.Ordinal);
        return new LoadedFilter(programs, maps);
    }

    public void Dispose()
    {
        Libbpf.ObjectClose(_object);
        _log.Dispose();
        // What libbpf freed would stay with us until the next object is opened.
        _ = Libc.TrimHeap(0);
    }

    private static IEnumerable<string> WantedPrograms(LoadRequest request)
    {
        var xdp = request.Variants.Where(variant => variant != ProgramVariant.Tcx).ToList();
        return request.Variants.Select(ProgramNames.Of)
            .Concat(xdp.Select(ProgramNames.JunkProgram))
            .Append(ProgramNames.Beat)
            .Distinct(StringComparer.Ordinal);
    }

    private void SetTrace(bool trace)
    {
        if (!trace)
        {
            return;
        }

        nuint size = 0;
        // libbpf puts the object's name before the names of the sections that every object may have.
        var map = _maps.FirstOrDefault(entry => entry.Key.EndsWith(".rodata", StringComparison.Ordinal)).Value;
        var constants = map == 0 ? null : Libbpf.MapInitialValue(map, &size);
        // slw_trace is the only constant that a loader sets.
        if (constants == null || size is 0 or > 8)
        {
            throw new XdpException(XdpFailureReason.ObjectDamaged, "the filter has no slw_trace alone in its .rodata, so it cannot be traced");
        }

        new Span<byte>(constants, (int)size).Clear();
        *(byte*)constants = 1;
    }

    private XdpException Refused(int errno)
    {
        var log = VerifierLog.Tail(Marshal.PtrToStringUTF8((nint)_log.Pointer) ?? "");
        if (log.Count > 0)
        {
            var lines = string.Join('\n', log);
            return new XdpException(XdpFailureReason.VerifierRefused, $"the kernel refused the filter: {Errno.Describe(errno)}\n{lines}", errno);
        }

        return errno == Errno.Invalid
            ? new XdpException(
                XdpFailureReason.OwnerMismatch,
                $"the kernel refused the filter without a word, which it does when a map belongs to programs of another frags flag or attach type{Said()}",
                errno)
            : new XdpException(
                errno is Errno.NotPermitted or Errno.AccessDenied ? XdpFailureReason.NotPermitted : XdpFailureReason.Kernel,
                $"loading the filter: {Errno.Describe(errno)}{Said()}", errno);
    }

    private static string Said() => LibbpfMessages.Last() is { Length: > 0 } words ? "\n" + words : "";

    private static void Check(int result, string what)
    {
        if (result != 0)
        {
            throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), what);
        }
    }

    private static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";
}

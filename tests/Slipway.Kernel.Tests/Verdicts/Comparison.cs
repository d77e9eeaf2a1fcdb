using Slipway.Kernel.Tests.Running;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Verdicts;

/// <summary>The program in the kernel and its reference, told the same, shown the same packets.</summary>
internal sealed class Comparison(FilterTables tables) : IDisposable
{
    private readonly KernelFilter _kernel = new(tables);
    private readonly ReferenceFilter _xdp = new(tables);
    private readonly ReferenceFilter _tcx = new(tables, Hook.Tcx);
    private readonly Buckets _buckets = new();
    private readonly Dictionary<(int, PortRole, Reason, PeerGroup), (ulong Packets, ulong Bytes)> _expected = [];

    /// <summary>Both must judge alike, in role, class and reason too.</summary>
    /// <param name="variant">Which entry of the program.</param>
    /// <param name="frame">At least 14 bytes.</param>
    /// <param name="linear">Bytes in the first buffer; 0 is all of them.</param>
    /// <param name="where">By what the packet can be made again.</param>
    public Judgement Agree(ProgramVariant variant, ReadOnlyMemory<byte> frame, int linear, Func<string> where)
    {
        var filter = variant.Hook == Hook.Xdp ? _xdp : _tcx;
        var expected = filter.Judge(frame, linear == 0 ? frame.Length : linear, _buckets, tick: 0);
        var found = _kernel.Judge(variant, frame.Span, linear);
        if (found != expected)
        {
            Assert.Fail($"""
                {where()}
                {variant} in the kernel: {found}
                reference:               {expected}
                {frame.Length} bytes, {(linear == 0 ? "all" : linear)} of them in the first buffer: {Convert.ToHexString(frame.Span)}
                {string.Join(Environment.NewLine, filter.Explain(frame).Steps)}
                """);
        }

        Count(expected, frame.Length);
        return expected;
    }

    /// <summary>The program's counters hold what was judged since the beginning, packet for packet and byte for byte.</summary>
    public void CountersAgree()
    {
        var found = _kernel.Counters();
        var wrong = _expected.Keys.Union(found.Keys).Where(cell => found.GetValueOrDefault(cell) != _expected.GetValueOrDefault(cell))
            .Select(cell => $"{cell}: {found.GetValueOrDefault(cell)} in the kernel, {_expected.GetValueOrDefault(cell)} expected");
        Assert.Empty(wrong);
    }

    public void Dispose() => _kernel.Dispose();

    private void Count(Judgement judgement, int bytes)
    {
        if (judgement.Reason is not { } reason)
        {
            return;
        }

        var cell = (judgement.Verdict == Verdict.WouldDrop ? 1 : 0, judgement.Role, reason, judgement.Group);
        var (packets, sum) = _expected.GetValueOrDefault(cell);
        _expected[cell] = (packets + 1, sum + (ulong)bytes);
    }
}

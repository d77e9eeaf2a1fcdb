using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Filter;
using Slipway.Cli.Input;
using Slipway.Core.Failures;
using Slipway.Xdp;
using Slipway.Xdp.Reference;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class XdpExplainCommand : SlipwayCommand
{
    /// <summary>The largest frame that any interface carries.</summary>
    private const int LargestFrame = 65_550;

    private readonly Argument<string> _packet = new("packet")
    {
        Description = "a frame from its destination MAC on, in hexadecimal digits; or @file with the digits or the bytes; - for standard input",
        CompletionSources = { FileCompletions.Source(".hex", ".bin") },
    };

    private readonly XdpNodes _nodes;

    public XdpExplainCommand()
        : base("explain", "Tell step by step what the nodes' filters make of a packet, by the tables that they have now; limits are left out")
    {
        Arguments.Add(_packet);
        _nodes = new XdpNodes(this);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway xdp explain @packet.hex --node w1", "why this packet is passed or dropped"),
        new("slipway xdp explain 0242ac110002… -o json", "as a document"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var frame = await FrameAsync(context, cancellationToken);
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        var words = await new FilterReader(workspace.Fleet, workspace.Time).ReadAsync(_nodes.Of(context, workspace), tables: true, cancellationToken);
        var verdicts = words.Select(word => Explain(word, frame)).ToList();
        context.Output.Tell("XdpExplanation", new Explanation(frame.Length, verdicts), console => Write(console, verdicts));
        return verdicts.All(verdict => verdict.Problem is null) ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static NodeVerdict Explain(NodeWord word, byte[] frame)
    {
        if (word.Tables is not { } tables)
        {
            return new NodeVerdict(word.Node, null, null, null, null, [], word.Problems is [var problem, ..] ? problem : $"there is no {FilterReader.TablesFile} to be read");
        }

        try
        {
            var (judgement, steps) = new ReferenceFilter(AgentTablesReader.Read(tables, word.Status?.HeartbeatStale ?? true)).Explain(frame);
            return new NodeVerdict(word.Node, judgement.Verdict, judgement.Reason, judgement.Role, judgement.Class, steps, null);
        }
        catch (FormatException error)
        {
            return new NodeVerdict(word.Node, null, null, null, null, [], $"{FilterReader.TablesFile} holds what is no address: {error.Message}");
        }
    }

    private async Task<byte[]> FrameAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Get(_packet)!;
        var name = given.StartsWith('@') ? given[1..] : given;
        var content = given.StartsWith('@') ? await BytesAsync(context, name, cancellationToken)
            : given == TextFiles.StandardInput ? System.Text.Encoding.ASCII.GetBytes(await TextFiles.ReadAsync(context, given, cancellationToken))
            : System.Text.Encoding.ASCII.GetBytes(given);
        var digits = content.Where(value => !char.IsWhiteSpace((char)value) && value is not (byte)':').ToArray();
        var frame = digits.Length > 0 && digits.All(value => char.IsAsciiHexDigit((char)value)) && digits.Length % 2 == 0
            ? Convert.FromHexString(System.Text.Encoding.ASCII.GetString(digits))
            : given.StartsWith('@') ? content : throw TextFiles.Bad("packet", "this is no even number of hexadecimal digits", "a frame such as 0242ac110002…, or @file");
        return frame.Length is > 0 and <= LargestFrame ? frame : throw TextFiles.Bad("packet", $"a frame of {frame.Length:N0} bytes", $"1 to {LargestFrame:N0}");
    }

    private static async Task<byte[]> BytesAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        try
        {
            var info = new FileInfo(context.FullPath(name));
            return info.Exists && info.Length <= 4 * LargestFrame
                ? await File.ReadAllBytesAsync(info.FullName, cancellationToken)
                : throw TextFiles.Bad(name, info.Exists ? $"the file has {info.Length:N0} bytes, more than any frame" : "there is no such file", null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.BadInput, $"{name} cannot be read: {error.Message}", error);
        }
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<NodeVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            if (verdict.Problem is { } problem)
            {
                console.MarkupLineInterpolated($"[yellow]{verdict.Node}: {problem.ReplaceLineEndings(" ")}[/]");
                continue;
            }

            console.MarkupLineInterpolated($"[bold]{verdict.Node}: {verdict.Verdict}[/] ({verdict.Reason?.ToString() ?? "the filter is off"}; role {verdict.Role}, class {verdict.Class})");
            foreach (var step in verdict.Steps)
            {
                var place = step.Offset is { } offset ? $"{offset,5}" : "    -";
                var wanted = step.Expected.Length > 0 ? $", {(step.Holds ? "as" : "not")} {step.Expected}" : "";
                console.WriteLine($"  {place}  {step.Field}: {step.Found}{wanted}");
            }
        }
    }

    private sealed record Explanation(int Bytes, IReadOnlyList<NodeVerdict> Nodes);

    private sealed record NodeVerdict(string Node, Verdict? Verdict, Reason? Reason, PortRole? Role, PeerClass? Class, IReadOnlyList<ExplainStep> Steps, string? Problem);
}

using System.CommandLine;
using Slipway.Cli.Filter;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Xdp.Status;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class XdpTopCommand : SlipwayCommand
{
    private readonly XdpNodes _nodes;
    private readonly Option<int> _every = new("--every") { Description = "seconds between two looks", DefaultValueFactory = _ => 5, HelpName = "seconds" };
    private readonly Option<int?> _count = new("--count") { Description = "looks (default until Ctrl-C)", HelpName = "n" };

    public XdpTopCommand()
        : base("top", "Watch what the filters see, pass and drop: a live table on a terminal, rows elsewhere")
    {
        _nodes = new XdpNodes(this);
        foreach (var option in (Option[])[_every, _count])
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is < 1 or > 86400)
                {
                    result.AddError($"{option.Name}: a number from 1 to 86400 is expected");
                }
            });
            Options.Add(option);
        }
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway xdp top -f cluster.yaml", "until Ctrl-C"),
        new("slipway xdp top --node w1 --every 2 --count 10 -o json", "ten looks, one JSON document a line"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        var (nodes, reader) = (_nodes.Of(context, workspace), new FilterReader(workspace.Fleet, workspace.Time));
        var before = new Dictionary<string, AgentStatus>(StringComparer.Ordinal);
        var live = context.Environment.OutIsTerminal && context.Settings.Format == OutputFormat.Table;
        for (var look = 1; ; look++)
        {
            var words = await reader.ReadAsync(nodes, tables: false, cancellationToken);
            var rows = words.Select(word => TopRow.Of(word, before.GetValueOrDefault(word.Node))).ToList();
            foreach (var word in words.Where(word => word.Status is not null))
            {
                before[word.Node] = word.Status!;
            }

            Tell(context, rows, live, look);
            if (look == context.Get(_count))
            {
                return rows.All(row => row.Problem is null) ? ExitCodes.Ok : ExitCodes.Failure;
            }

            await Task.Delay(TimeSpan.FromSeconds(context.Get(_every)), workspace.Time, cancellationToken);
        }
    }

    private static void Tell(CommandContext context, IReadOnlyList<TopRow> rows, bool live, int look)
    {
        if (context.Settings.Format != OutputFormat.Table)
        {
            context.Output.Stream.WriteLine(Json.Document("XdpTop", new Looked(rows)).ToJsonString(Json.Line));
            context.Output.Stream.Flush();
            return;
        }

        context.Output.Tell("XdpTop", new Looked(rows), console =>
        {
            if (live)
            {
                console.Clear(home: true);
            }

            XdpTopView.Write(console, rows, heading: live || look == 1);
        });
    }

    private sealed record Looked(IReadOnlyList<TopRow> Nodes);
}

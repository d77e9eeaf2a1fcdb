using Slipway.Core.Spec;

namespace Slipway.Cli.Commands;

internal sealed class SchemaCommand() : SlipwayCommand("schema", "Print the JSON Schema of cluster.yaml, for editors")
{
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway schema > cluster.schema.json", "then let the editor's YAML language server use it for cluster.yaml"),
    ];

    public override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.Output.Text(SpecSchema.Json());
        return Task.FromResult(ExitCodes.Ok);
    }
}

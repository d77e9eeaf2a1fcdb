using System.CommandLine;
using Slipway.Cli.Completion;

namespace Slipway.Cli.Commands;

internal sealed class CompletionCommand : SlipwayCommand
{
    private readonly Argument<Shell> _shell = Choice.Argument<Shell>("shell", "the shell to write for");

    public CompletionCommand()
        : base("completion", "Write a script that makes a shell complete slipway's commands and options") => Arguments.Add(_shell);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("source <(slipway completion bash)", "for this bash"),
        new("slipway completion zsh > ~/.zfunc/_slipway", "for every zsh to come"),
        new("slipway completion fish > ~/.config/fish/completions/slipway.fish", "for every fish to come"),
    ];

    public override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.Output.Text(CompletionScripts.For(context.Get(_shell)));
        return Task.FromResult(ExitCodes.Ok);
    }
}

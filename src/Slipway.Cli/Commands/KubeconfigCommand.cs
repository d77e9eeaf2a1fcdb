using Slipway.Cli.Input;
using Slipway.Core.Failures;

namespace Slipway.Cli.Commands;

internal sealed class KubeconfigCommand : SlipwayCommand
{
    private readonly AccessFile _file;

    public KubeconfigCommand()
        : base("kubeconfig", "Write a kubeconfig for kubectl, as a control plane hands it out") => _file = new AccessFile("kubeconfig", this);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway kubeconfig -f cluster.yaml", "writes ./kubeconfig"),
        new("slipway kubeconfig ~/.kube/solana --force", "replaces what is there"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        AccessFile.DemandSecrets(workspace);
        SlipwayException? last = null;
        foreach (var node in workspace.Spec.ControlPlanes)
        {
            try
            {
                var kubeconfig = await workspace.Fleet.Node(node).KubeconfigAsync(cancellationToken);
                context.Output.Redactor.Register(kubeconfig);
                return _file.Write(context, kubeconfig);
            }
            catch (SlipwayException error) when (error.Reason is not (FailureReason.Unsafe or FailureReason.LocalState))
            {
                // Any control plane will do; what the last of them said is told.
                last = error;
            }
        }

        throw last ?? new SlipwayException(FailureReason.BadInput, "the spec has no control plane");
    }
}

using Slipway.Core.Doctor;
using Slipway.Core.Installers;
using Slipway.Core.MachineConfig;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Engine.Doctor;

/// <summary>What checks judge, made of what a run knows already.</summary>
internal static class NodeSubjects
{
    /// <param name="moment">When the node is not blank: a machine without a config is looked at as one.</param>
    public static NodeSubject Of(DesiredState desired, NodeSpec node, NodeObservation seen, CheckMoments moment)
    {
        var config = desired.Configs[node.Name].Reveal();
        var intent = NodeIntentReader.Read(config);
        var image = NodeImage.Of(desired.Spec.For(node), node);
        return new NodeSubject
        {
            Spec = desired.Spec,
            Node = node,
            Seen = seen,
            Intent = intent with { KernelArguments = [.. image.KernelArguments.Union(intent.KernelArguments)], Extensions = image.Extensions },
            ConfigChanges = (moment & CheckMoments.Running) != 0 && seen.Config is { } live ? ConfigDiff.Between(live.Reveal(), config).Count : null,
            Moment = Moment(seen, moment),
        };
    }

    /// <summary>Of a node that nobody wrote a spec for: it is judged by the config that it has.</summary>
    public static NodeSubject Of(NodeSpec node, NodeObservation seen) => new()
    {
        Node = node,
        Seen = seen,
        Intent = seen.Config is { } config ? NodeIntentReader.Read(config.Reveal()) : NodeIntent.Nothing,
        Moment = Moment(seen, CheckMoments.LiveNode),
    };

    private static CheckMoments Moment(NodeObservation seen, CheckMoments moment) => seen.Mode == NodeMode.Maintenance ? CheckMoments.BlankMachine : moment;
}

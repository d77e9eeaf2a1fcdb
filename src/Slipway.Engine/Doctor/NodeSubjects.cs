using Slipway.Core.Doctor;
using Slipway.Core.Installers;
using Slipway.Core.MachineConfig;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Engine.Doctor;

/// <summary>What checks judge, made of what a run knows already.</summary>
internal static class NodeSubjects
{
    /// <param name="doctor">True when the node is looked at for its own sake, false before a run changes it.</param>
    public static NodeSubject Of(DesiredState desired, NodeSpec node, NodeObservation seen, bool doctor)
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
            ConfigChanges = doctor && seen.Config is { } live ? ConfigDiff.Between(live.Reveal(), config).Count : null,
            Moment = Moment(seen, doctor),
        };
    }

    /// <summary>Of a node that nobody wrote a spec for: it is judged by the config that it has.</summary>
    public static NodeSubject Of(NodeSpec node, NodeObservation seen) => new()
    {
        Node = node,
        Seen = seen,
        Intent = seen.Config is { } config ? NodeIntentReader.Read(config.Reveal()) : NodeIntent.Nothing,
        Moment = Moment(seen, doctor: true),
    };

    private static CheckMoments Moment(NodeObservation seen, bool doctor) =>
        seen.Mode == NodeMode.Maintenance ? CheckMoments.BlankMachine : doctor ? CheckMoments.LiveNode : CheckMoments.BeforeChange;
}

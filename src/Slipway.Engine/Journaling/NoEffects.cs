using Slipway.Engine.Ports;

namespace Slipway.Engine.Journaling;

/// <summary>The journal of a look: a plan or a status that tries to have an effect is a mistake of ours.</summary>
public sealed class NoEffects(string folder) : IJournal
{
    public string Folder { get; } = folder;

    public EffectId Intend(string phase, string target, string summary) => throw Refusal();

    public void Done(EffectId effect) => throw Refusal();

    public void Failed(EffectId effect, string reason) => throw Refusal();

    public void Keep(string name, string content) => throw Refusal();

    public void Note(string kind, object payload)
    {
    }

    private static InvalidOperationException Refusal() => new("a look at the cluster must not change it");
}

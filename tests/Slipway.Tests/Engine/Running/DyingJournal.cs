using Slipway.Engine.Ports;

namespace Slipway.Tests.Engine.Running;

/// <summary>Ends the run where its process would be killed: once the first effect whose text holds a phrase was had, and before it is written down.</summary>
internal sealed class DyingJournal(IJournal journal, string phrase) : IJournal
{
    private readonly HashSet<EffectId> _deadly = [];

    public string Folder => journal.Folder;

    public EffectId Intend(string phase, string target, string summary)
    {
        var effect = journal.Intend(phase, target, summary);
        if (summary.Contains(phrase, StringComparison.Ordinal))
        {
            _deadly.Add(effect);
        }

        return effect;
    }

    public void Done(EffectId effect)
    {
        if (_deadly.Contains(effect))
        {
            throw new KilledException();
        }

        journal.Done(effect);
    }

    public void Failed(EffectId effect, string reason)
    {
    }

    public void Note(string kind, object payload) => journal.Note(kind, payload);

    public void Keep(string name, string content) => journal.Keep(name, content);

    internal sealed class KilledException : Exception;
}

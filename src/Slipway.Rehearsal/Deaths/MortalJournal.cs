using System.Diagnostics;
using Slipway.Engine.Ports;

namespace Slipway.Rehearsal;

/// <summary>
/// A journal that kills its own process, as <c>kill -9</c> would, at one point of a run. No handler runs and nothing is
/// flushed: what the next run finds is what a power cut leaves.
/// </summary>
public sealed class MortalJournal(IJournal journal, DeathPoint death) : IJournal
{
    public string Folder => journal.Folder;

    public EffectId Intend(string phase, string target, string summary)
    {
        var effect = journal.Intend(phase, target, summary);
        DieAt(DeathMoment.Intended, effect);
        return effect;
    }

    public void Done(EffectId effect)
    {
        DieAt(DeathMoment.Effected, effect);
        journal.Done(effect);
    }

    public void Failed(EffectId effect, string reason) => journal.Failed(effect, reason);

    public void Note(string kind, object payload) => journal.Note(kind, payload);

    public void Keep(string name, string content) => journal.Keep(name, content);

    private void DieAt(DeathMoment moment, EffectId effect)
    {
        if (death.Moment == moment && death.Effect == effect.Number)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            // The signal is on its way; nothing more of this run may happen.
            Thread.Sleep(Timeout.Infinite);
        }
    }
}

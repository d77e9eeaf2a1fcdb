namespace Slipway.Engine.Ports;

/// <summary>
/// The record of one run. Each line is on disk before the call returns, so that kill -9 at any point loses nothing that
/// was told.
/// </summary>
public interface IJournal
{
    /// <summary>The run's own folder, mode 0700.</summary>
    string Folder { get; }

    /// <summary>Called before an effect. What is intended and not finished is looked at again by the next run.</summary>
    EffectId Intend(string phase, string target, string summary);

    void Done(EffectId effect);

    void Failed(EffectId effect, string reason);

    /// <summary>Anything else worth keeping: observations, progress, warnings. No secrets.</summary>
    void Note(string kind, object payload);

    /// <summary>Keeps a file of mode 0600 beside the journal.</summary>
    void Keep(string name, string content);
}

public readonly record struct EffectId(int Number);

namespace Slipway.Engine.Journaling;

/// <summary>What one run left behind.</summary>
/// <param name="Unfinished">Effects that were intended and neither done nor failed: the run was cut off in them.</param>
/// <param name="Finished">False when the run was killed.</param>
/// <param name="DamagedLines">Lines that could not be read.</param>
public sealed record RunRecord(string Folder, int Effects, IReadOnlyList<JournalLine> Unfinished, bool Finished, int DamagedLines);

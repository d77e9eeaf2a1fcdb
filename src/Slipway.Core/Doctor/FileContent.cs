namespace Slipway.Core.Doctor;

/// <summary>A file of a node as far as it could be read.</summary>
/// <param name="Text">Without the white space around it; null when there is no text to be had.</param>
/// <param name="Problem">Why it could not be read, such as a role that is too low; null for a file that is simply not there.</param>
public readonly record struct FileContent(string? Text, string? Problem)
{
    public static FileContent Absent { get; } = new(null, null);

    /// <summary>Nobody asked for it: a check that needs a file has to name it.</summary>
    public static FileContent NotAsked { get; } = Unreadable("was not asked for");

    public bool IsAbsent => Text is null && Problem is null;

    public static FileContent Of(string text) => new(text.Trim(), null);

    public static FileContent Unreadable(string problem) => new(null, problem);
}

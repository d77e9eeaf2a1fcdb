namespace Slipway.Agent.Affinity;

/// <summary>Where the kernel shows itself; a test gives folders of its own.</summary>
internal sealed record SystemFolders(string Sys, string Proc)
{
    public static SystemFolders Real { get; } = new("/sys", "/proc");
}

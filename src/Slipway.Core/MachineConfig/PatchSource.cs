namespace Slipway.Core.MachineConfig;

/// <summary>One patch text and the name that findings give it: a file name, or <c>cluster.yaml</c> for an inline one.</summary>
public sealed record PatchSource(string Name, string Text);

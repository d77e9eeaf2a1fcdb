namespace Slipway.Core.Spec;

/// <summary>Where machine configs start from: null generates, else a path to a config that the user already has.</summary>
public sealed record BaseConfigSpec
{
    public string? ControlPlane { get; init; }

    public string? Worker { get; init; }
}

/// <summary>A patch in a file (path relative to cluster.yaml) or written out in the spec; exactly one is set.</summary>
/// <param name="Line">Where in cluster.yaml it stands, for findings.</param>
public sealed record PatchRef(string? Path, string? Inline, int Line);

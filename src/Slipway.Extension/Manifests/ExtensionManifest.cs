namespace Slipway.Extension.Manifests;

/// <summary>What an extension says of itself in <c>manifest.yaml</c> (Talos: <c>pkg/machinery/extensions/metadata.go</c>).</summary>
public sealed record ExtensionManifest
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public string Author { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The Talos versions that it is for, such as <c>&gt;= v1.10.0</c>; empty for all.</summary>
    public string TalosRange { get; init; } = "";
}

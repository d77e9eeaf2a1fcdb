using Slipway.Core.Versions;

namespace Slipway.Cli.Commands;

/// <summary>The machine config of one node as <c>config render</c> tells it.</summary>
/// <param name="Path">Where it was written, or null when it was printed.</param>
/// <param name="Config">Multi-document YAML, or null when it was written to a file.</param>
internal sealed record RenderedConfig(string Node, string Role, ReleaseVersion Talos, string? Path, string? Config);

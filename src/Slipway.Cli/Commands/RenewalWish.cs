namespace Slipway.Cli.Commands;

/// <summary>How certificates of a talosconfig are to be renewed; what is null stays as it is.</summary>
/// <param name="Context">Only this one.</param>
internal sealed record RenewalWish(IReadOnlyList<string>? Roles, TimeSpan? Life, string? Context);

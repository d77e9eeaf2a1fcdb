using Slipway.Core.Secrets;

namespace Slipway.Talos.Api;

/// <param name="Mode">What the node chose. A node in maintenance mode up to 1.12 always says Reboot.</param>
/// <param name="Details">Free text; for a dry run a diff that has secrets in clear.</param>
public sealed record AppliedConfiguration(ConfigurationMode Mode, IReadOnlyList<string> Warnings, Sensitive Details);

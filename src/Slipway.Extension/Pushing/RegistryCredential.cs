using Slipway.Core.Secrets;

namespace Slipway.Extension.Pushing;

/// <summary>What a registry knows somebody by.</summary>
/// <param name="Basic">The base64 of <c>user:password</c>, or null.</param>
/// <param name="IdentityToken">An OAuth refresh token that stands for user and password, or null.</param>
public sealed record RegistryCredential(Sensitive? Basic, Sensitive? IdentityToken);

namespace Slipway.Talos.Api;

/// <param name="Size">Bytes.</param>
public sealed record NodeImage(string Name, string Digest, long Size);

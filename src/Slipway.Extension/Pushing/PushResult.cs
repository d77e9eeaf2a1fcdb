namespace Slipway.Extension.Pushing;

/// <param name="Digest">What the image is pinned by.</param>
/// <param name="Sent">Blobs that were uploaded.</param>
/// <param name="Present">Blobs that the registry had.</param>
/// <param name="Bytes">Bytes of the blobs that were uploaded.</param>
public sealed record PushResult(string Digest, int Sent, int Present, long Bytes);

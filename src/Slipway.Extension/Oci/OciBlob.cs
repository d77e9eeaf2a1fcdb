namespace Slipway.Extension.Oci;

/// <summary>One part of an image in memory, with the descriptor that others name it by.</summary>
public sealed record OciBlob
{
    public required OciDescriptor Descriptor { get; init; }

    public required ReadOnlyMemory<byte> Content { get; init; }

    internal static OciBlob Of(string mediaType, byte[] content) => new()
    {
        Descriptor = new OciDescriptor { MediaType = mediaType, Digest = OciDigest.Of(content), Size = content.Length },
        Content = content,
    };
}

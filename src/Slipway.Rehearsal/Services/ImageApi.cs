using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Services;

/// <summary>machine.ImageService (Talos 1.13): images in the node's containerd. Every reference can be pulled.</summary>
internal sealed class ImageApi : ImageService.ImageServiceBase
{
    public const long Size = 180_000_000;

    public override async Task List(ImageServiceListRequest request, IServerStreamWriter<ImageServiceListResponse> responseStream, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        foreach (var image in node.ImageNames())
        {
            await responseStream.WriteAsync(
                new ImageServiceListResponse { Name = image, Digest = DigestOf(image), Size = Size, CreatedAt = Timestamp.FromDateTimeOffset(node.BootedAt) },
                context.CancellationToken);
        }
    }

    /// <summary>Progress of one layer, then the name pinned by digest, which is what Lifecycle calls want.</summary>
    public override async Task Pull(ImageServicePullRequest request, IServerStreamWriter<ImageServicePullResponse> responseStream, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        var digest = DigestOf(request.ImageRef);
        foreach (var (status, offset) in new[]
        {
            (ImageServicePullLayerProgress.Types.Status.Downloading, Size / 2),
            (ImageServicePullLayerProgress.Types.Status.DownloadComplete, Size),
            (ImageServicePullLayerProgress.Types.Status.ExtractComplete, Size),
        })
        {
            await Task.Delay(TimeSpan.FromSeconds(2), node.World.Clock, context.CancellationToken);
            await responseStream.WriteAsync(
                new ImageServicePullResponse
                {
                    PullProgress = new ImageServicePullProgress
                    {
                        LayerId = digest,
                        Progress = new ImageServicePullLayerProgress { Status = status, Offset = offset, Total = Size },
                    },
                },
                context.CancellationToken);
        }

        var name = request.ImageRef.Contains('@', StringComparison.Ordinal) ? request.ImageRef : $"{request.ImageRef}@{digest}";
        node.AddImage(name);
        await responseStream.WriteAsync(new ImageServicePullResponse { Name = name }, context.CancellationToken);
    }

    /// <summary>Takes the archive whole, and calls the image as the archive does (containerd: client/import.go, images/archive/importer.go).</summary>
    public override async Task<ImageServiceImportResponse> Import(IAsyncStreamReader<ImageServiceImportRequest> requestStream, ServerCallContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var archive = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        var first = true;
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var request = requestStream.Current;
            if (first != (request.RequestCase == ImageServiceImportRequest.RequestOneofCase.Containerd))
            {
                throw new Refusal(RefusalCode.InvalidArgument, "the first message names the containerd instance, all others carry chunks");
            }

            first = false;
            if (request.ImageChunk is { } chunk)
            {
                hash.AppendData(chunk.Bytes.Span);
                await archive.WriteAsync(chunk.Bytes.Memory, context.CancellationToken);
            }
        }

        archive.Position = 0;
        var digest = $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
        var name = await ImportedArchive.NameAsync(archive, digest, context.CancellationToken)
            ?? throw new Refusal(RefusalCode.Internal, "failed to import image: unrecognized image format");
        NodeCall.Of(context).Node.ImportImage(name, digest);
        return new ImageServiceImportResponse { Name = name };
    }

    public override Task<Empty> Remove(ImageServiceRemoveRequest request, ServerCallContext context) => NodeCall.Of(context).Node.RemoveImage(request.ImageRef)
        ? Task.FromResult(new Empty())
        : throw new Refusal(RefusalCode.NotFound, $"image \"{request.ImageRef}\" not found");

    public override Task<ImageServiceVerifyResponse> Verify(ImageServiceVerifyRequest request, ServerCallContext context) => Task.FromResult(
        new ImageServiceVerifyResponse { Verified = false, Message = "no verification rule matched", DigestedImageRef = $"{request.ImageRef}@{DigestOf(request.ImageRef)}" });

    public static string DigestOf(string reference)
    {
        var at = reference.IndexOf("@sha256:", StringComparison.Ordinal);
        return at >= 0 ? reference[(at + 1)..] : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reference)));
    }
}

using Google.Protobuf;
using Grpc.Core;
using Slipway.Core.Failures;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Api;

/// <summary>Talos' own images on a node (ImageService, since 1.13).</summary>
public sealed class ImagesApi(TalosConnection connection)
{
    private const int Chunk = 256 * 1024;

    private readonly Wire.Machine.ImageService.ImageServiceClient _images = new(connection.Invoker);

    /// <summary>Where installers must be: containerd's namespace of the system.</summary>
    internal static Wire.Common.ContainerdInstance System => new()
    {
        Driver = Wire.Common.ContainerDriver.Containerd,
        Namespace = Wire.Common.ContainerdNamespace.NsSystem,
    };

    public async Task<IReadOnlyList<NodeImage>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<NodeImage>();
        using var call = _images.List(new Wire.Machine.ImageServiceListRequest { Containerd = System }, cancellationToken: cancellationToken);
        await foreach (var image in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            found.Add(new NodeImage(image.Name, image.Digest, image.Size));
        }

        return found;
    }

    /// <param name="progress">Layer, bytes so far and in all.</param>
    /// <returns>The reference pinned by digest.</returns>
    public async Task<string> PullAsync(string reference, Action<string, long, long> progress, CancellationToken cancellationToken)
    {
        string? name = null;
        using var call = _images.Pull(new Wire.Machine.ImageServicePullRequest { Containerd = System, ImageRef = reference }, cancellationToken: cancellationToken);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (answer.PullProgress is { Progress: { } layer } part)
            {
                progress(part.LayerId, layer.Offset, layer.Total);
            }
            else if (answer.HasName)
            {
                name = answer.Name;
            }
        }

        return name ?? throw new SlipwayException(FailureReason.Unknown, $"{connection.Target}: Pull of {reference} ended without a name") { Node = connection.Target.Name };
    }

    /// <summary>Pushes an image that is made here, without any registry.</summary>
    /// <param name="archive">OCI or docker archive.</param>
    /// <returns>The image's name.</returns>
    public async Task<string> ImportAsync(Stream archive, CancellationToken cancellationToken)
    {
        using var call = _images.Import(cancellationToken: cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(new Wire.Machine.ImageServiceImportRequest { Containerd = System }, cancellationToken);
            var buffer = new byte[Chunk];
            while (await archive.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                var piece = new Wire.Common.Data { Bytes = ByteString.CopyFrom(buffer, 0, count) };
                await call.RequestStream.WriteAsync(new Wire.Machine.ImageServiceImportRequest { ImageChunk = piece }, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            // The node has ended the call early; why, its answer tells below.
            cancellationToken.ThrowIfCancellationRequested();
        }

        return (await call.ResponseAsync).Name;
    }

    public async Task RemoveAsync(string reference, CancellationToken cancellationToken) =>
        _ = await _images.RemoveAsync(new Wire.Machine.ImageServiceRemoveRequest { Containerd = System, ImageRef = reference }, cancellationToken: cancellationToken);
}

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
    /// <param name="archive">OCI or docker archive. What goes wrong when it is read comes out as it is.</param>
    /// <returns>The image's name.</returns>
    public async Task<string> ImportAsync(Stream archive, CancellationToken cancellationToken)
    {
        using var call = _images.Import(cancellationToken: cancellationToken);
        var buffer = new byte[Chunk];
        var goesOn = await SendAsync(call.RequestStream, new() { Containerd = System }, cancellationToken);
        while (goesOn && await archive.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            goesOn = await SendAsync(call.RequestStream, new() { ImageChunk = new() { Bytes = ByteString.CopyFrom(buffer, 0, count) } }, cancellationToken);
        }

        if (goesOn)
        {
            await call.RequestStream.CompleteAsync();
        }

        return (await call.ResponseAsync).Name;
    }

    public async Task RemoveAsync(string reference, CancellationToken cancellationToken) =>
        _ = await _images.RemoveAsync(new Wire.Machine.ImageServiceRemoveRequest { Containerd = System, ImageRef = reference }, cancellationToken: cancellationToken);

    /// <returns>False when the node has ended the call early; why, its answer tells.</returns>
    private static async Task<bool> SendAsync(
        IClientStreamWriter<Wire.Machine.ImageServiceImportRequest> stream, Wire.Machine.ImageServiceImportRequest piece, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(piece, cancellationToken);
            return true;
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}

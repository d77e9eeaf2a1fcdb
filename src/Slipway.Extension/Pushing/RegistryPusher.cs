using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Slipway.Core.Failures;
using Slipway.Extension.Checking;
using Slipway.Extension.Oci;

namespace Slipway.Extension.Pushing;

/// <summary>Pushes a layout's image to a registry (OCI distribution-spec v1.1: blobs that are missing, then manifests, the named one last).</summary>
/// <param name="http">Its timeout is that of the slowest upload.</param>
public sealed class RegistryPusher(HttpClient http, Func<string, RegistryCredential?> credentials)
{
    /// <summary>An upload of a few megabytes over a thin line.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromMinutes(10);

    /// <param name="path">A layout's folder or tar, which was checked.</param>
    /// <returns>What was sent, and what the image is pinned by.</returns>
    /// <exception cref="SlipwayException">Unreachable, PermissionDenied, Rejected, TimedOut, UntrustedPeer.</exception>
    public async Task<PushResult> PushAsync(string path, ImageReference reference, CancellationToken cancellationToken)
    {
        if (reference is not { Registry: { } registry, Tag: { } tag })
        {
            throw new SlipwayException(FailureReason.BadInput, $"'{reference}' names no place to push to") { Expected = "registry.example/name:tag" };
        }

        try
        {
            return await PushAsync(path, reference, registry, tag, cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or JsonException)
        {
            throw new SlipwayException(FailureReason.BadInput, $"{path} is not a whole image: {error.Message}", error);
        }
    }

    private async Task<PushResult> PushAsync(string path, ImageReference reference, string registry, string tag, CancellationToken cancellationToken)
    {
        using var source = LayoutSources.Open(path);
        var session = new RegistrySession(http, registry, credentials(registry));
        var root = new Uri(session.Root, reference.Repository + "/");
        var index = OciJson.Read<OciIndex>(await BytesAsync(source, LayoutFiles.Index, cancellationToken));
        var state = new PushState();
        // One image goes by its own manifest; several as the index that names them.
        if (index.Manifests is [var only])
        {
            await ManifestAsync(source, session, root, only, tag, state, cancellationToken);
            return state.Result(only.Digest);
        }

        foreach (var descriptor in index.Manifests)
        {
            await ManifestAsync(source, session, root, descriptor, descriptor.Digest, state, cancellationToken);
        }

        var bytes = await BytesAsync(source, LayoutFiles.Index, cancellationToken);
        await PutManifestAsync(session, root, tag, OciMediaTypes.Index, bytes, cancellationToken);
        return state.Result(OciDigest.Of(bytes));
    }

    private static async Task ManifestAsync(ILayoutSource source, RegistrySession session, Uri root, OciDescriptor descriptor, string name, PushState state, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(source, PathOf(descriptor), cancellationToken);
        if (OciMediaTypes.IsIndex(descriptor.MediaType))
        {
            foreach (var inner in OciJson.Read<OciIndex>(bytes).Manifests)
            {
                await ManifestAsync(source, session, root, inner, inner.Digest, state, cancellationToken);
            }
        }
        else
        {
            var manifest = OciJson.Read<OciManifest>(bytes);
            foreach (var blob in manifest.Layers.Append(manifest.Config))
            {
                await BlobAsync(source, session, root, blob, state, cancellationToken);
            }
        }

        await PutManifestAsync(session, root, name, descriptor.MediaType, bytes, cancellationToken);
    }

    private static async Task BlobAsync(ILayoutSource source, RegistrySession session, Uri root, OciDescriptor blob, PushState state, CancellationToken cancellationToken)
    {
        using (var head = await session.SendAsync(() => new HttpRequestMessage(HttpMethod.Head, new Uri(root, $"blobs/{blob.Digest}")), cancellationToken))
        {
            if (head.IsSuccessStatusCode)
            {
                state.Present++;
                return;
            }

            if (head.StatusCode != HttpStatusCode.NotFound)
            {
                throw await RefusalAsync(head, $"asking for {blob.Digest}", cancellationToken);
            }
        }

        using var start = await session.SendAsync(() => new HttpRequestMessage(HttpMethod.Post, new Uri(root, "blobs/uploads/")), cancellationToken);
        if (start.StatusCode != HttpStatusCode.Accepted || start.Headers.Location is not { } location)
        {
            throw await RefusalAsync(start, "starting an upload", cancellationToken);
        }

        var target = new UriBuilder(new Uri(start.RequestMessage!.RequestUri!, location));
        target.Query = (target.Query.Length > 1 ? target.Query[1..] + "&" : "") + "digest=" + Uri.EscapeDataString(blob.Digest);
        using var put = await session.SendAsync(() => new HttpRequestMessage(HttpMethod.Put, target.Uri) { Content = Content(source, blob) }, cancellationToken);
        if (put.StatusCode != HttpStatusCode.Created)
        {
            throw await RefusalAsync(put, $"uploading {blob.Digest}", cancellationToken);
        }

        state.Sent++;
        state.Bytes += blob.Size;
    }

    private static StreamContent Content(ILayoutSource source, OciDescriptor blob)
    {
        var content = new StreamContent(Open(source, PathOf(blob)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentLength = blob.Size;
        return content;
    }

    private static async Task PutManifestAsync(RegistrySession session, Uri root, string name, string mediaType, byte[] bytes, CancellationToken cancellationToken)
    {
        using var response = await session.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Put, new Uri(root, $"manifests/{name}"))
            {
                Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
            },
            cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
        {
            throw await RefusalAsync(response, $"naming the image {name}", cancellationToken);
        }
    }

    private static Stream Open(ILayoutSource source, string path) => source.Open(path)?.Content ?? throw new InvalidDataException($"{path} is missing");

    private static string PathOf(OciDescriptor descriptor) => LayoutFiles.PathOf(OciDigest.TryHex(descriptor.Digest, out var hex) ? hex : throw new InvalidDataException(descriptor.Digest));

    private static async Task<byte[]> BytesAsync(ILayoutSource source, string path, CancellationToken cancellationToken)
    {
        using var content = Open(source, path);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static async Task<SlipwayException> RefusalAsync(HttpResponseMessage response, string doing, CancellationToken cancellationToken)
    {
        var registry = response.RequestMessage!.RequestUri!.Authority;
        var denied = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        return new SlipwayException(denied ? FailureReason.PermissionDenied : FailureReason.Rejected, $"{registry} refused while {doing}: status {(int)response.StatusCode}")
        {
            Found = await ReasonAsync(response, cancellationToken),
            Hint = denied ? $"'docker login {registry}' as somebody who may push there" : null,
        };
    }

    /// <summary>The error codes of the body (distribution-spec, errors), which are words of a fixed list and hold nothing else.</summary>
    private static async Task<string?> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            var codes = document.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString() ?? "");
            return string.Join(", ", codes.Select(code => code.All(c => char.IsAsciiLetterUpper(c) || c == '_') ? code : "?").Take(5)) is { Length: > 0 } text ? text : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or HttpRequestException)
        {
            return null;
        }
    }
}

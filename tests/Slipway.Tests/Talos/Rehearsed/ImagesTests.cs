using Slipway.Core.Failures;
using Slipway.Talos.Api;

namespace Slipway.Tests.Talos.Rehearsed;

[Collection(SharedControlPlanesCollection.Name)]
public sealed class ImagesTests(SharedControlPlanes planes)
{
    private const string Reference = "registry.example/tools:v1";

    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Theory]
    [InlineData("v1.13.2")]
    [InlineData("v1.14.0")]
    public async Task A_pulled_image_is_listed_by_its_digest_until_it_is_removed(string talos)
    {
        var plane = await planes.Of(talos);
        var images = new ImagesApi(plane.Admin);
        var offsets = new List<long>();
        var totals = new HashSet<long>();
        var name = await images.PullAsync(
            Reference,
            (_, offset, total) =>
            {
                offsets.Add(offset);
                totals.Add(total);
            },
            Cancel);
        Assert.StartsWith(Reference + "@sha256:", name, StringComparison.Ordinal);
        Assert.Equal(offsets.Order(), offsets);
        Assert.True(offsets[0] < offsets[^1], string.Join(' ', offsets));
        Assert.Equal(offsets[^1], Assert.Single(totals));

        var listed = Assert.Single(await new ImagesApi(plane.Reader).ListAsync(Cancel), image => image.Name == name);
        Assert.Equal(name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..], listed.Digest);
        Assert.True(listed.Size > 0);

        await images.RemoveAsync(name, Cancel);
        Assert.DoesNotContain(await images.ListAsync(Cancel), image => image.Name == name);
        await ControlPlane.Refused(FailureReason.NotFound, () => images.RemoveAsync(name, Cancel));
    }

    [Fact]
    public async Task An_image_that_is_made_here_is_imported_whole()
    {
        var images = new ImagesApi((await planes.Of("v1.13.2")).Admin);
        // Not a multiple of the chunk, and more than one of them.
        using var stream = new MemoryStream(DockerArchive.Of(Reference, bytes: 700_001));
        var name = await images.ImportAsync(stream, Cancel);
        Assert.Equal(Reference, name);
        Assert.Contains(await images.ListAsync(Cancel), image => image.Name == name);
        await images.RemoveAsync(name, Cancel);
    }

    [Fact]
    public async Task What_is_no_image_is_refused()
    {
        var plane = await planes.Of("v1.13.2");
        var images = new ImagesApi(plane.Admin);
        var before = await images.ListAsync(Cancel);
        using var noise = new MemoryStream(new byte[700_001]);
        await ControlPlane.Refused(FailureReason.Unknown, () => images.ImportAsync(noise, Cancel));
        Assert.Equal(before, await images.ListAsync(Cancel));
    }

    [Fact]
    public async Task An_archive_that_cannot_be_read_ends_the_import_at_once()
    {
        var plane = await planes.Of("v1.13.2");
        var images = new ImagesApi(plane.Admin);
        var before = await images.ListAsync(Cancel);
        var closed = new MemoryStream([1]);
        await closed.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => images.ImportAsync(closed, Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        Assert.Equal(before, await images.ListAsync(Cancel));
    }

    [Fact]
    public async Task Operators_pull_readers_list_and_only_administrators_import_and_remove()
    {
        var plane = await planes.Of("v1.13.2");
        var operators = new ImagesApi(plane.As("os:operator"));
        var name = await operators.PullAsync("registry.example/operator:v1", (_, _, _) => { }, Cancel);
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => operators.RemoveAsync(name, Cancel));
        using var archive = new MemoryStream(new byte[2_000_000]);
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => operators.ImportAsync(archive, Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new ImagesApi(plane.Reader).PullAsync(Reference, (_, _, _) => { }, Cancel));
        await new ImagesApi(plane.AsTalosctl("os:admin")).RemoveAsync(name, Cancel);
    }

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.12.6")]
    public async Task Up_to_1_12_there_is_no_image_service(string talos)
    {
        var images = new ImagesApi((await planes.Of(talos)).Admin);
        using var archive = new MemoryStream(new byte[2_000_000]);
        await ControlPlane.Refused(FailureReason.NotSupported, () => images.ListAsync(Cancel));
        await ControlPlane.Refused(FailureReason.NotSupported, () => images.PullAsync(Reference, (_, _, _) => { }, Cancel));
        await ControlPlane.Refused(FailureReason.NotSupported, () => images.ImportAsync(archive, Cancel));
        await ControlPlane.Refused(FailureReason.NotSupported, () => images.RemoveAsync(Reference, Cancel));
    }
}

using Slipway.Core.Failures;
using Slipway.Extension.Oci;
using Slipway.Extension.Pushing;

namespace Slipway.Tests.Extension.Pushing;

public sealed class RegistryPusherTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly FakeRegistry _registry = new();
    private readonly HttpClient _http = new();

    public async ValueTask InitializeAsync() => await LayoutWriter.WriteAsync(SampleParts.Image(), _folder["image.tar"], TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("basic")]
    [InlineData("token")]
    public async Task An_image_arrives_whole_whatever_login_is_asked_for(string login)
    {
        _registry.Login = login;
        LogIn();

        var result = await PushAsync();

        var image = SampleParts.Image();
        Assert.Equal(image.Manifest.Descriptor.Digest, result.Digest);
        Assert.Equal(2, result.Sent);
        Assert.Equal(image.Manifest.Content.ToArray(), _registry.Manifests["1.0"].Content);
        Assert.Equal(OciMediaTypes.Manifest, _registry.Manifests["1.0"].Type);
        Assert.Equal(image.Layers[0].Content.ToArray(), _registry.Blobs[image.Layers[0].Descriptor.Digest]);
    }

    [Fact]
    public async Task What_is_there_is_not_sent_again()
    {
        await PushAsync();

        var again = await PushAsync();

        Assert.Equal((0, 2), (again.Sent, again.Present));
    }

    [Fact]
    public async Task Without_a_login_the_refusal_says_what_to_do()
    {
        _registry.Login = "basic";

        var error = await Assert.ThrowsAsync<SlipwayException>(PushAsync);

        Assert.Equal(FailureReason.PermissionDenied, error.Reason);
        Assert.Contains("docker login", error.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_never_goes_to_a_token_service_without_TLS()
    {
        _registry.Login = "token";
        _registry.Realm = "http://tokens.example/";
        LogIn();

        var error = await Assert.ThrowsAsync<SlipwayException>(PushAsync);

        Assert.Equal(FailureReason.UntrustedPeer, error.Reason);
        Assert.DoesNotContain(FakeRegistry.Password, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_registry_says_is_told()
    {
        _registry.IsFull = true;

        var error = await Assert.ThrowsAsync<SlipwayException>(PushAsync);

        Assert.Equal(FailureReason.Rejected, error.Reason);
        Assert.Equal("TOOMANYREQUESTS", error.Found);
    }

    [Fact]
    public async Task A_registry_that_is_away_is_unreachable()
    {
        await _registry.DisposeAsync();

        Assert.Equal(FailureReason.Unreachable, (await Assert.ThrowsAsync<SlipwayException>(PushAsync)).Reason);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"auths\": 1}")]
    public void A_login_file_that_is_none_is_told_without_its_content(string content)
    {
        File.WriteAllText(_folder["config.json"], content);

        Assert.Equal(FailureReason.BadInput, Assert.Throws<SlipwayException>(() => DockerConfig.Find(_folder.Path, "r.example")).Reason);
    }

    [Fact]
    public void A_password_in_a_helpers_care_is_told()
    {
        File.WriteAllText(_folder["config.json"], """{"auths":{"https://r.example/v1/":{}},"credsStore":"desktop"}""");

        Assert.Contains("docker-credential-desktop", Assert.Throws<SlipwayException>(() => DockerConfig.Find(_folder.Path, "r.example")).Message, StringComparison.Ordinal);
        Assert.Null(DockerConfig.Find(_folder.Path, "other.example"));
    }

    private void LogIn() => File.WriteAllText(_folder["config.json"], "{\"auths\":{\"" + _registry.Authority + "\":{\"auth\":\"" + FakeRegistry.Password + "\"}}}");

    private Task<PushResult> PushAsync()
    {
        Assert.True(ImageReference.TryParse($"{_registry.Authority}/team/x:1.0", out var reference));
        return new RegistryPusher(_http, registry => DockerConfig.Find(_folder.Path, registry)).PushAsync(_folder["image.tar"], reference, TestContext.Current.CancellationToken);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Extension.Pushing;

/// <summary>
/// Calls to one registry, with whatever login it asks for. Passwords and tokens go to the registry's own host and to the token
/// service that it names, never without TLS unless that is this machine.
/// </summary>
internal sealed class RegistrySession(HttpClient http, string registry, RegistryCredential? credential)
{
    private AuthenticationHeaderValue? _authorization;

    /// <summary>Registries on this machine are spoken to in clear, as docker and skopeo's users do for trials.</summary>
    public Uri Root { get; } = new($"{(IsThisMachine(HostOf(registry)) ? "http" : "https")}://{registry}/v2/");

    /// <param name="request">Made anew for each attempt: the first may be answered by the wish for a login.</param>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var response = await OnceAsync(request(), cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || RegistryChallenge.Of(response) is not { } challenge)
        {
            return response;
        }

        response.Dispose();
        _authorization = challenge.IsBearer ? await TokenAsync(challenge, cancellationToken) : Basic();
        return await OnceAsync(request(), cancellationToken);
    }

    private async Task<HttpResponseMessage> OnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            // An upload may be led elsewhere, to a storage that has its own signature in the address.
            request.Headers.Authorization = request.RequestUri!.Authority == Root.Authority ? _authorization : null;
            return await CallAsync(request, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> CallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new SlipwayException(FailureReason.Unreachable, $"the registry at {request.RequestUri!.GetLeftPart(UriPartial.Authority)} does not answer: {error.Message}", error)
            {
                Hint = "is the name right, and the registry reachable from here?",
            };
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SlipwayException(FailureReason.TimedOut, $"the registry at {request.RequestUri!.GetLeftPart(UriPartial.Authority)} did not answer within {http.Timeout.TotalMinutes:N0} minutes", error);
        }
    }

    private AuthenticationHeaderValue? Basic() => credential?.Basic is { } basic ? new AuthenticationHeaderValue("Basic", basic.Reveal()) : null;

    private async Task<AuthenticationHeaderValue> TokenAsync(RegistryChallenge challenge, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || (realm.Scheme != Uri.UriSchemeHttps && !(realm.Scheme == Uri.UriSchemeHttp && IsThisMachine(realm.Host))))
        {
            throw new SlipwayException(FailureReason.UntrustedPeer, $"{registry} sends logins to a place without TLS") { Expected = "a token service at an https address" };
        }

        using var request = credential?.IdentityToken is { } identity
            ? new HttpRequestMessage(HttpMethod.Post, realm)
            {
                Content = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("service", challenge.Service), new("scope", challenge.Scope), new("client_id", "slipway"), new("refresh_token", identity.Reveal())]),
            }
            : new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = $"service={Uri.EscapeDataString(challenge.Service)}&scope={Uri.EscapeDataString(challenge.Scope)}" }.Uri);
        request.Headers.Authorization = credential?.IdentityToken is null ? Basic() : null;
        using var response = await CallAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new SlipwayException(FailureReason.PermissionDenied, $"{realm.Host} gives no token for {registry}: status {(int)response.StatusCode}") { Hint = $"'docker login {registry}' first" };
        }

        return new AuthenticationHeaderValue("Bearer", (await TokenOfAsync(response, cancellationToken)).Reveal());
    }

    private async Task<Sensitive> TokenOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            var root = document.RootElement;
            var token = root.TryGetProperty("token", out var named) ? named.GetString() : root.TryGetProperty("access_token", out var access) ? access.GetString() : null;
            if (token is { Length: > 0 } && token.All(c => c is > ' ' and < '\u007f'))
            {
                return new Sensitive(token);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Told below, without the text, which may hold a token.
        }

        throw new SlipwayException(FailureReason.Rejected, $"the token service of {registry} answers without a token");
    }

    private static string HostOf(string registry) => new Uri("http://" + registry).Host;

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Tests.Extension.Pushing;

/// <summary>A registry that keeps blobs and manifests in memory, and is strict about digests, logins and order.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    public FakeRegistry() => _server = new LoopbackServer(AnswerAsync);

    public string Authority => _server.Address.Authority;

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    public ConcurrentDictionary<string, (string Type, byte[] Content)> Manifests { get; } = new();

    /// <summary><c>basic</c>, <c>token</c>, or empty for everybody.</summary>
    public string Login { get; set; } = "";

    /// <summary>Where tokens are to be had, when not here.</summary>
    public string? Realm { get; set; }

    public bool IsFull { get; set; }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext call)
    {
        using var body = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(body);
        call.Response.StatusCode = Answer(call, body.ToArray());
    }

    private int Answer(HttpListenerContext call, byte[] body)
    {
        var (request, path) = (call.Request, call.Request.Url!.AbsolutePath);
        var sent = request.Headers["Authorization"];
        if (path == "/token")
        {
            if (sent != Basic || request.QueryString["scope"] != "repository:team/x:pull,push")
            {
                return 401;
            }

            call.Response.OutputStream.Write("""{"token":"a-token"}"""u8);
            return 200;
        }

        if (Login == "basic" && sent != Basic)
        {
            call.Response.AddHeader("WWW-Authenticate", "Basic realm=\"here\"");
            return 401;
        }

        if (Login == "token" && sent != "Bearer a-token")
        {
            call.Response.AddHeader("WWW-Authenticate", $"Bearer realm=\"{Realm ?? $"http://{Authority}/token"}\",service=\"registry\",scope=\"repository:team/x:pull,push\"");
            return 401;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        return (request.HttpMethod, path) switch
        {
            ("HEAD", _) when path.StartsWith("/v2/team/x/blobs/", StringComparison.Ordinal) => Blobs.ContainsKey(name) ? 200 : 404,
            ("POST", "/v2/team/x/blobs/uploads/") => Start(call),
            ("PUT", "/v2/team/x/blobs/uploads/7") when request.QueryString["state"] == "s" => Put(request.QueryString["digest"]!, body),
            ("PUT", _) when path.StartsWith("/v2/team/x/manifests/", StringComparison.Ordinal) => Name(name, request.ContentType!, body),
            _ => 400,
        };
    }

    public const string Password = "dXNlcjpwYXNz";

    private const string Basic = "Basic " + Password;

    private int Start(HttpListenerContext call)
    {
        if (IsFull)
        {
            call.Response.OutputStream.Write("""{"errors":[{"code":"TOOMANYREQUESTS","message":"later"}]}"""u8);
            return 429;
        }

        call.Response.AddHeader("Location", "/v2/team/x/blobs/uploads/7?state=s");
        return 202;
    }

    private int Put(string digest, byte[] body)
    {
        if (digest != "sha256:" + Convert.ToHexStringLower(SHA256.HashData(body)))
        {
            return 400;
        }

        Blobs[digest] = body;
        return 201;
    }

    private int Name(string name, string type, byte[] body)
    {
        // A manifest whose parts are not there is refused, as real registries do.
        var text = Encoding.UTF8.GetString(body);
        foreach (var digest in text.Split('"').Where(part => part.StartsWith("sha256:", StringComparison.Ordinal)))
        {
            if (!Blobs.ContainsKey(digest))
            {
                return 404;
            }
        }

        Manifests[name] = (type, body);
        return 201;
    }
}

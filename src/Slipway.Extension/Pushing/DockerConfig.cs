using System.Text.Json;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Extension.Pushing;

/// <summary>Reads what <c>docker login</c>, <c>podman login</c> and <c>crane auth login</c> wrote, for one registry.</summary>
public static class DockerConfig
{
    /// <param name="folder"><c>$DOCKER_CONFIG</c>, or <c>~/.docker</c>.</param>
    /// <returns>Null when nobody is logged in there.</returns>
    /// <exception cref="SlipwayException">BadInput: the file is not what docker writes; or a program would have to be asked.</exception>
    public static RegistryCredential? Find(string folder, string registry)
    {
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Find(document.RootElement, path, registry);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The text of the error could hold a piece of the file.
            throw new SlipwayException(FailureReason.BadInput, $"{path} is not what 'docker login' writes") { Expected = "JSON with a mapping 'auths'" };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.LocalState, $"{path} cannot be read: {error.Message}", error);
        }
    }

    private static RegistryCredential? Find(JsonElement root, string path, string registry)
    {
        var found = root.TryGetProperty("auths", out var auths)
            ? auths.EnumerateObject().Where(entry => HostOf(entry.Name) == registry).Select(entry => entry.Value).Cast<JsonElement?>().FirstOrDefault()
            : null;
        var (basic, token) = found is { } entry ? (Text(entry, "auth"), Text(entry, "identitytoken")) : (null, null);
        if (basic is not null || token is not null)
        {
            return new RegistryCredential(basic, token);
        }

        // Docker Desktop keeps an empty entry here and the password in a program's care.
        var helper = root.TryGetProperty("credHelpers", out var helpers) && helpers.TryGetProperty(registry, out var named) ? named.GetString()
            : found is not null && root.TryGetProperty("credsStore", out var store) ? store.GetString() : null;
        return helper is null ? null : throw new SlipwayException(FailureReason.BadInput, $"the login for {registry} is kept by docker-credential-{helper}, which Slipway does not run")
        {
            Expected = $"'auths' with {registry} in {path}",
            Hint = "log in with DOCKER_CONFIG set to an empty folder, and push with the same; or push with skopeo",
        };
    }

    private static Sensitive? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? new Sensitive(text) : null;

    /// <summary>Old entries are written as URLs: <c>https://registry.example/v1/</c>.</summary>
    private static string HostOf(string key)
    {
        var start = key.IndexOf("://", StringComparison.Ordinal);
        var rest = start < 0 ? key : key[(start + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? rest : rest[..slash];
    }
}

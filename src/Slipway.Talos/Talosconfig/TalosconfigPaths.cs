namespace Slipway.Talos.Talosconfig;

/// <summary>Where talosctl looks for its config (Talos: pkg/machinery/client/config/path.go).</summary>
public static class TalosconfigPaths
{
    /// <summary>Inside a pod that has a Talos service account; never written.</summary>
    public const string InPod = "/var/run/secrets/talos.dev/config";

    /// <summary>All places, the first one first. A path that was asked for by name is the only one.</summary>
    /// <param name="asked">The value of --talosconfig, or null.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="home">The user's home folder.</param>
    public static IReadOnlyList<string> Candidates(string? asked, Func<string, string?> environment, string home)
    {
        if (!string.IsNullOrEmpty(asked))
        {
            return [asked];
        }

        if (environment("TALOSCONFIG") is { Length: > 0 } named)
        {
            return [named, InPod];
        }

        // A relative TALOS_HOME is passed over, as talosctl does.
        var folder = environment("TALOS_HOME") is { } talosHome && Path.IsPathFullyQualified(talosHome) ? talosHome : Path.Combine(home, ".talos");
        return [Path.Combine(folder, "config"), InPod];
    }

    /// <summary>The first that exists, or null.</summary>
    public static string? Find(string? asked, Func<string, string?> environment, string home) =>
        Candidates(asked, environment, home).FirstOrDefault(File.Exists);
}

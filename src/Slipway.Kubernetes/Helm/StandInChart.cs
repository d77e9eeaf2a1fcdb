namespace Slipway.Kubernetes.Helm;

/// <summary>
/// The small chart that stands in for Cilium in a rehearsal without one at hand. It has the names and labels of the real
/// chart's agent, operator and relay, and moves no packet.
/// </summary>
public static class StandInChart
{
    private const string Prefix = "stand-in/";

    private const string Version = "0.0.0-standin";

    /// <summary>Writes the chart into <paramref name="folder"/> under the version asked for; the chart's own folder is returned.</summary>
    public static string Unpack(string folder, string? version = null)
    {
        var assembly = typeof(StandInChart).Assembly;
        var root = Path.Combine(folder, "cilium");
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            var text = reader.ReadToEnd();
            var path = Path.Combine(root, name[Prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name == $"{Prefix}Chart.yaml" ? text.Replace(Version, version is { Length: > 0 } ? version.TrimStart('v') : Version, StringComparison.Ordinal) : text);
        }

        return root;
    }
}

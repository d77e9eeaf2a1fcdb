namespace Slipway.Engine.Journaling;

/// <summary>Where everything that Slipway keeps of one cluster lies on this machine. The folder has mode 0700.</summary>
public sealed class StateFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Kubeconfig => System.IO.Path.Combine(Path, "kubeconfig");

    public string Talosconfig => System.IO.Path.Combine(Path, "talosconfig");

    /// <summary>One folder a run, named by its start in UTC.</summary>
    public string Runs => System.IO.Path.Combine(Path, "runs");

    /// <summary>helm's caches, kept out of the operator's home.</summary>
    public string HelmHome => System.IO.Path.Combine(Path, "helm");

    internal string BootstrapRecord => System.IO.Path.Combine(Path, "bootstrap.json");

    internal string UpgradeRecord => System.IO.Path.Combine(Path, "upgrades.json");

    internal string Lock => System.IO.Path.Combine(Path, "lock");
}

using System.Globalization;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Status;

namespace Slipway.Kernel.Tests.Service;

/// <summary>What a node is to the service: a network with one interface, bpffs, /run, /var, and perhaps a configuration. Services follow each other on it.</summary>
internal sealed class TalosHost : IDisposable
{
    private const string MountedConfig = "/usr/local/etc/slipway/xdp.json";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-host-").FullName;
    private readonly Bpffs _bpffs = new();
    private readonly ShippedExtension _shipped;
    private readonly List<RunningService> _services = [];

    public TalosHost(ShippedExtension shipped)
    {
        _shipped = shipped;
        // Talos makes the folders that a definition binds, if they are missing.
        foreach (var mount in shipped.Service.Mounts)
        {
            Directory.CreateDirectory(PathOf(mount.Source));
        }
    }

    public VethPair Wire { get; } = new();

    public string Pins => Path.Combine(_bpffs.Path, "slipway");

    /// <summary>Where the Talos API reads it.</summary>
    private string StatusFile => PathOf("/run/slipway/xdp/status.json");

    private string ConfigFile => Path.Combine(_folder, "xdp.json");

    /// <summary>Where a path of the node is here.</summary>
    public string PathOf(string path) => path == "/sys/fs/bpf" ? _bpffs.Path : Path.Combine(_folder, "host", path.TrimStart('/'));

    /// <summary>What Talos does with an ExtensionServiceConfig named slipway-xdp.</summary>
    public void Configure(string text) => File.WriteAllText(ConfigFile, text);

    public RunningService Start()
    {
        if (File.Exists(StatusFile))
        {
            File.Delete(StatusFile);
        }

        var bundle = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"bundle-{_services.Count}"));
        Directory.CreateDirectory(bundle);
        // A container engine leaves an empty file where it mounted one; a node's root is fresh with each boot.
        File.Delete(Path.Combine(_shipped.ContainerRoot, MountedConfig.TrimStart('/')));
        (string, string)[] configuration = File.Exists(ConfigFile) ? [(ConfigFile, MountedConfig)] : [];
        var spec = TalosContainer.Spec(_shipped.Service, _shipped.ContainerRoot, Wire.Node.Path, PathOf, configuration);
        File.WriteAllText(Path.Combine(bundle, "config.json"), spec.ToJsonString());
        var service = new RunningService(bundle);
        _services.Add(service);
        return service;
    }

    public AgentStatus? Status() => File.Exists(StatusFile) ? StatusJson.ReadStatus(File.ReadAllBytes(StatusFile)) : null;

    public AgentStatus Until(Func<AgentStatus, bool> holds)
    {
        AgentStatus? status = null;
        Assert.True(
            SpinWait.SpinUntil(() => _services[^1].HasEnded || (Paced() && (status = Status()) is { } now && holds(now)), s_patience) && !_services[^1].HasEnded,
            $"the service does not come to what was expected; its status: {(status is null ? "none" : System.Text.Encoding.UTF8.GetString(StatusJson.Write(status)))}; it printed: {string.Join("", _services.Select(service => service.Said))}");
        return status!;
    }

    public void Dispose()
    {
        _services.ForEach(service => service.Dispose());
        Wire.Dispose();
        _bpffs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool Paced()
    {
        Thread.Sleep(20);
        return true;
    }
}

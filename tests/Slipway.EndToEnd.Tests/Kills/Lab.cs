using Slipway.Core.Versions;
using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Kills;

/// <summary>Blank machines in this process, a spec for them in a folder, and the program to be run against them.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly VirtualClock _clock;

    private Lab(VirtualClock clock, RehearsalHost host, string folder) => (_clock, Host, Folder) = (clock, host, folder);

    public RehearsalHost Host { get; }

    public string Folder { get; }

    public static Task<Lab> StartAsync(int controlPlanes, int workers, CancellationToken cancellationToken) =>
        StartAsync(controlPlanes, workers, new Dictionary<string, ReleaseVersion>(), [], cancellationToken);

    public static Task<Lab> StartAsync(int controlPlanes, int workers, IReadOnlyList<Fault> faults, CancellationToken cancellationToken) =>
        StartAsync(controlPlanes, workers, new Dictionary<string, ReleaseVersion>(), faults, cancellationToken);

    /// <param name="talos">Machines that run another Talos than the rest.</param>
    public static async Task<Lab> StartAsync(
        int controlPlanes, int workers, IReadOnlyDictionary<string, ReleaseVersion> talos, IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        var clock = VirtualClock.Leaping();
        var folder = Directory.CreateTempSubdirectory("slipway-lab-").FullName;
        var host = await RehearsalHost.StartAsync(
            new RehearsalOptions
            {
                ControlPlanes = controlPlanes,
                Workers = workers,
                Talos = new ReleaseVersion(1, 13, 9),
                TalosByNode = talos,
                // Every Talos that can be rehearsed runs this one.
                Kubernetes = new ReleaseVersion(1, 33, 5),
                Time = clock,
                Faults = faults,
                Factory = SpecSchematics.In(Path.Combine(folder, "cluster.yaml")),
                Installers = SpecInstallers.In(Path.Combine(folder, "cluster.yaml")),
            },
            cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "cluster.yaml"), host.ClusterYaml(), cancellationToken);
        SharedSecrets.CopyTo(folder);
        return new Lab(clock, host, folder);
    }

    /// <summary>The first run makes new ones.</summary>
    public void ForgetSecrets() => File.Delete(Path.Combine(Folder, "secrets.yaml"));

    /// <summary>One more run of the program against the same machines.</summary>
    public Task<SlipwayProcess> UpAsync(DeathPoint? death = null) => RunAsync(death, "up", "-f", "cluster.yaml", "--yes", "--progress", "plain");

    /// <summary>The same with further options.</summary>
    public Task<SlipwayProcess> UpWithAsync(params string[] more) => RunAsync(null, ["up", "-f", "cluster.yaml", "--yes", "--progress", "plain", .. more]);

    /// <summary>Exit code 2 when anything is left to do.</summary>
    public Task<SlipwayProcess> PlanAsync() => RunAsync(null, "plan", "-f", "cluster.yaml", "--detailed-exitcode");

    public Task<SlipwayProcess> DoctorAsync(params string[] args) => RunAsync(null, ["doctor", "-f", "cluster.yaml", .. args]);

    /// <summary>Lets the machines' time go by.</summary>
    public Task PassAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, _clock, cancellationToken);

    public async Task ChangeSpecAsync(Func<string, string> change, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, "cluster.yaml");
        await File.WriteAllTextAsync(path, change(await File.ReadAllTextAsync(path, cancellationToken)), cancellationToken);
    }

    public int Count(LedgerKind kind) => Host.Ledger.Count(entry => entry.Kind == kind);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _clock.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private Task<SlipwayProcess> RunAsync(DeathPoint? death, params string[] args) => SlipwayProcess.RunAsync(
        new SlipwayProcess.Start
        {
            Folder = Folder,
            Timeout = TimeSpan.FromMinutes(3),
            Variables = death is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [DeathPoint.Variable] = death.ToString() },
        },
        args);
}

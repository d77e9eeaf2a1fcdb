using System.Security.Cryptography;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Files;
using Slipway.Engine.Preparing;
using Slipway.Kubernetes;
using Slipway.Kubernetes.Helm;
using Slipway.Talos.Adapters;
using Slipway.Talos.Pki;

namespace Slipway.Cli.Composition;

/// <summary>Reads a spec and all that it names, and wires up the ways to its cluster. Nothing is contacted and nothing written.</summary>
internal static class WorkspaceLoader
{
    /// <summary>For the run's own calls; a run is over long before it ends.</summary>
    private static readonly TimeSpan RunIdentity = TimeSpan.FromDays(1);

    /// <summary>As talosctl makes them.</summary>
    internal static readonly TimeSpan OperatorIdentity = TimeSpan.FromHours(8760);

    /// <exception cref="Core.Failures.BadInputException">With every finding of every file that was read.</exception>
    public static Workspace Load(WorkspaceRequest request)
    {
        var read = request.Read ?? SpecReader.Read(request.File, request.Text);
        SpecFolder.Demand(read.Findings);
        var files = new SpecFolder(request.File, request.Folder);
        var spec = WithChart(request.Place(read.Spec!), files).WithArchives(files.Resolve);
        var warnings = read.Findings.ToList();
        var secrets = Secrets(files.Resolve(spec.SecretsFile), spec, request.Time, warnings);
        var now = request.Time.GetUtcNow();
        var talosconfig = OperatorTalosconfig.Write(spec, secrets.Os, ClientIdentity.MintForTalosconfig(secrets.Os, [TalosRoles.Admin], OperatorIdentity, now).Pair);
        var desired = new DesiredStateBuilder(spec, files).Build(secrets, talosconfig, warnings);
        var identity = ClientIdentity.Mint(secrets.Os, [TalosRoles.Admin], RunIdentity, now).Pair;
        var folder = new Engine.Journaling.StateFolder(Path.Combine(request.StateFolder, spec.Name));
        var fleet = new TalosFleet(request.Time, secrets.Os.Certificate, () => identity);
        // The network runs on the machine's clock: bent time would leap over deadlines while an answer is on its way.
        var clusters = new KubernetesConnector(TimeProvider.System);
        var helm = new DeferredHelm(() => new HelmCli(HelmLocator.Find(), folder.HelmHome, request.Time));
        return new Workspace
        {
            Desired = desired,
            Folder = folder,
            Fleet = request.Held is { } clock ? new BusyFleet(fleet, clock) : fleet,
            Clusters = request.Held is { } held ? new BusyClusters(clusters, held) : clusters,
            Helm = request.Held is { } still ? new BusyHelm(helm, still) : helm,
            Time = request.Time,
            Options = request.Options,
            Warnings = warnings,
            Secrets = [.. secrets.Secrets, talosconfig, .. desired.Configs.Values],
        };
    }

    /// <summary>Those of the file; or new ones, which the run's first phase makes durable before anything is built on them.</summary>
    private static SecretsBundle Secrets(string path, ClusterSpec spec, TimeProvider time, List<Diagnostic> warnings)
    {
        if (!File.Exists(path))
        {
            using var random = RandomNumberGenerator.Create();
            return SecretsFactory.Create(spec.Talos, time.GetUtcNow(), random);
        }

        var (content, readable) = SecretFiles.Read(path);
        warnings.AddRange(readable);
        var (bundle, findings) = SecretsYaml.Read(path, content.Reveal());
        SpecFolder.Demand(findings);
        warnings.AddRange(findings);
        return bundle!;
    }

    /// <summary>A chart on this machine lies relative to the spec; the stand-in is for machines that are rehearsed, which sit on loopback.</summary>
    private static ClusterSpec WithChart(ClusterSpec spec, SpecFolder files)
    {
        var chart = spec.Cilium.Chart;
        if (chart.Kind == ChartSourceKind.StandIn && !spec.Endpoint.IsLoopback)
        {
            throw new BadInputException([new Diagnostic
            {
                Severity = Severity.Error,
                File = files.File,
                Line = 0,
                Column = 0,
                Path = "cilium.chart.standIn",
                Message = "the stand-in moves no packet: a real cluster needs Cilium's chart",
                Expected = "repository, oci, folder or archive",
            }]);
        }

        return chart.Kind is ChartSourceKind.Folder or ChartSourceKind.Archive
            ? spec with { Cilium = spec.Cilium with { Chart = chart with { Location = files.Resolve(chart.Location) } } }
            : spec;
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Slipway.Core.Diagnostics;
using Slipway.Core.Spec;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Pki;
using Slipway.Talos.Wire.Machine;
using Slipway.Tests.Rehearsal.Nodes;

namespace Slipway.Tests.Rehearsal.Serving;

/// <summary>From blank machines to Ready nodes over real TLS, by bare calls.</summary>
public sealed class WholeRunTests
{
    private const string Agent = """
        {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"cilium","namespace":"kube-system"},"spec":{
          "selector":{"matchLabels":{"k8s-app":"cilium"}},
          "template":{"metadata":{"labels":{"k8s-app":"cilium"}},"spec":{"hostNetwork":true,"tolerations":[{"operator":"Exists"}],
            "containers":[{"name":"agent","image":"stand-in"}]}}}}
        """;

    [Theory]
    [InlineData("v1.12.6")]
    [InlineData("v1.13.2")]
    [InlineData("v1.14.0")]
    public async Task Nodes_turn_ready_once_the_agent_runs_on_them(string talos)
    {
        await using var bench = await RehearsalBench.StartAsync(talos, 3, 2);
        await ConfigureAllAsync(bench);
        await bench.Machine("cp1").BootstrapAsync(new BootstrapRequest(), RehearsalBench.Call);
        await bench.Until(() => bench.Host.Machines.All(node => node.Stage == MachineStage.Running) && bench.Node("cp3").StaticPodsUp);
        Assert.Null(bench.Host.KubernetesFailure);
        Assert.All(bench.Host.Machines, node => Assert.Equal(["nodeReady"], node.Unmet().Select(unmet => unmet.Name)));
        var members = await bench.Machine("cp2").EtcdMemberListAsync(new EtcdMemberListRequest(), RehearsalBench.Call);
        Assert.Equal(["cp1", "cp2", "cp3"], members.Messages[0].Members.Select(member => member.Hostname).Order(StringComparer.Ordinal));

        using var kubernetes = Kubernetes(bench);
        using var body = new StringContent(Agent, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await kubernetes.PostAsync(new Uri(bench.Host.Endpoint, "/apis/apps/v1/namespaces/kube-system/daemonsets"), body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await bench.Until(() => bench.Host.Machines.All(node => node.Unmet().Count == 0));
        Assert.Equal(1, bench.Host.Ledger.Count(entry => entry.Kind == LedgerKind.EtcdBootstrapped));
        Assert.Equal(5, bench.Host.Ledger.Count(entry => entry.Kind == LedgerKind.Installed));
        Assert.True(bench.Clock.Elapsed < TimeSpan.FromMinutes(30), $"took {bench.Clock.Elapsed}");
    }

    [Fact]
    public async Task The_kubernetes_api_goes_away_for_a_time_when_that_is_ordered()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6", 1, 0, new Fault { Kind = FaultKind.ApiAway, Away = TimeSpan.FromMinutes(2), After = TimeSpan.FromSeconds(30) });
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        await bench.Machine("cp1").BootstrapAsync(new BootstrapRequest(), RehearsalBench.Call);
        await bench.Until(() => bench.Host.Ledger.Any(entry => entry.Kind == LedgerKind.KubernetesDown));
        using var kubernetes = Kubernetes(bench);
        var version = new Uri(bench.Host.Endpoint, "/version");
        using (bench.Clock.Busy())
        {
            await Assert.ThrowsAnyAsync<Exception>(() => kubernetes.GetAsync(version, TestContext.Current.CancellationToken));
        }

        await bench.Pass(TimeSpan.FromMinutes(3));
        using var answer = await kubernetes.GetAsync(version, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_cluster_yaml_of_a_rehearsal_is_a_valid_spec()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6", 3, 2);
        var result = SpecReader.Read("cluster.yaml", bench.Host.ClusterYaml());
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal(bench.Host.Nodes.Select(node => node.Name), result.Spec!.Nodes.Select(node => node.Name));
        Assert.Equal(bench.Host.Nodes[4].Uuid, result.Spec.Nodes[4].Identity.Uuid);
        Assert.Equal(bench.Host.Nodes[0].MaintenanceFingerprint, result.Spec.Nodes[0].MaintenanceFingerprint);
    }

    [Fact]
    public async Task A_fleet_that_a_sixteen_bit_range_cannot_hold_gets_a_wider_pod_range()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6", 3, 300);
        var result = SpecReader.Read("cluster.yaml", bench.Host.ClusterYaml());
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal(303, result.Spec!.Nodes.Count);
    }

    [Fact]
    public async Task The_ledger_is_also_a_file_of_lines()
    {
        var path = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():N}.ndjson");
        try
        {
            using var clock = VirtualClock.Leaping();
            await using (var host = await RehearsalHost.StartAsync(
                new RehearsalOptions { Talos = new(1, 12, 0), Kubernetes = new(1, 33, 1), ControlPlanes = 1, Workers = 0, Time = clock, LedgerPath = path },
                TestContext.Current.CancellationToken))
            {
                var entries = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))
                    .Select(line => System.Text.Json.JsonSerializer.Deserialize<LedgerEntry>(line)!);
                Assert.Equal(host.Ledger, entries);
                Assert.Contains(host.Ledger, entry => entry.Kind == LedgerKind.Booted);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Prints what it costs; the bounds only catch what is plainly wrong.</summary>
    [Fact]
    public async Task Sixty_nodes_come_up_together()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var wall = System.Diagnostics.Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        await using var bench = await RehearsalBench.StartAsync("v1.13.2", 3, 57);
        await ConfigureAllAsync(bench);
        await bench.Machine("cp1").BootstrapAsync(new BootstrapRequest(), RehearsalBench.Call);
        await bench.Until(() => bench.Host.Machines.All(node => node.Stage == MachineStage.Running));
        await Task.WhenAll(bench.Host.Nodes.Select(node => bench.Machine(node.Name).VersionAsync(new Empty(), RehearsalBench.Call).ResponseAsync));
        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"60 nodes: {wall.Elapsed.TotalSeconds:F1} s wall, {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F1} s CPU, {bench.Clock.Elapsed} virtual, {bench.Clock.Leaps} leaps, {used / 60 / 1024} KiB managed a node with both ends of its connections");
        Assert.True(bench.Clock.Elapsed < TimeSpan.FromMinutes(15), $"took {bench.Clock.Elapsed} of virtual time");
        Assert.True(used / 60 < 2 * 1024 * 1024, $"{used / 60} bytes a node");
    }

    private static async Task ConfigureAllAsync(RehearsalBench bench) => await Task.WhenAll(bench.Host.Nodes.Select(node => bench.ConfigureAsync(
        node.Name,
        node.Role == NodeRole.ControlPlane ? bench.ControlPlaneConfig(node.Name) : bench.WorkerConfig(node.Name))));

    private static HttpClient Kubernetes(RehearsalBench bench)
    {
        var pair = ClientIdentity.MintKubernetesAdmin(ConfigText.Secrets.Kubernetes, TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow()).Pair;
        using var fresh = X509Certificate2.CreateFromPem(pair.Certificate, pair.Key!.Reveal());
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.ClientCertificates = [X509CertificateLoader.LoadPkcs12(fresh.Export(X509ContentType.Pkcs12), null)];
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(CertificatePem.Read(ConfigText.Secrets.Kubernetes.Certificate, "the test CA"));
        return new HttpClient(handler);
    }
}

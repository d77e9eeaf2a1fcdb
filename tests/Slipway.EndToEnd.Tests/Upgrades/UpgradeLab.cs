using CliWrap;
using CliWrap.Buffered;
using Slipway.EndToEnd.Tests.Kills;

namespace Slipway.EndToEnd.Tests.Upgrades;

/// <summary>An installed cluster of a control plane and workers that runs Talos 1.13.9, and can be wanted to run 1.14.0 or with other kernel arguments.</summary>
internal sealed class UpgradeLab(Lab lab) : IAsyncDisposable
{
    /// <summary>Two pods, one on each worker.</summary>
    public const string Web = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: example/web:1}]

        """;

    public const string Budget = """
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web, namespace: default}
        spec:
          minAvailable: 2
          selector: {matchLabels: {app: web}}

        """;

    public const string Bare = """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: bare, namespace: default}
        spec:
          containers: [{name: web, image: example/web:1}]

        """;

    private const string Former = "v1.13.9";

    private const string Next = "v1.14.0";

    public Lab Lab { get; } = lab;

    private int _arguments;

    public static Task<UpgradeLab> StartAsync(CancellationToken cancellationToken) => StartAsync(workers: 2, cancellationToken);

    public static async Task<UpgradeLab> StartAsync(int workers, CancellationToken cancellationToken)
    {
        var lab = new UpgradeLab(await Lab.StartAsync(1, workers, cancellationToken));
        var first = await lab.Lab.UpAsync();
        Assert.True(first.ExitCode == 0, first.Error);
        return lab;
    }

    public Task WantNextTalosAsync(CancellationToken cancellationToken) =>
        Lab.ChangeSpecAsync(spec => spec.Replace(Former, Next, StringComparison.Ordinal), cancellationToken);

    /// <summary>The operator thinks again: what is not upgraded yet shall stay as it is.</summary>
    public Task WantFormerTalosForWorkersAsync(CancellationToken cancellationToken) =>
        Lab.ChangeSpecAsync(spec => spec.Replace("role: worker", $"role: worker\n  talos: {{version: {Former}}}", StringComparison.Ordinal), cancellationToken);

    /// <summary>One profile for all nodes; it asks for a kernel argument.</summary>
    public Task GiveProfileAsync(CancellationToken cancellationToken) => Lab.ChangeSpecAsync(
        spec => $"{spec.Replace("  profile: agave\n", "", StringComparison.Ordinal).Replace("  role:", "  profile: rounds\n  role:", StringComparison.Ordinal)}\nprofiles:\n  rounds: {{kernelArgs: [slipway.round=0]}}\n",
        cancellationToken);

    /// <summary>Another argument than ever before, which needs another image on every node.</summary>
    public Task WantAnotherArgumentAsync(CancellationToken cancellationToken)
    {
        var (former, next) = ($"slipway.round={_arguments}]", $"slipway.round={++_arguments}]");
        return Lab.ChangeSpecAsync(spec => spec.Replace(former, next, StringComparison.Ordinal), cancellationToken);
    }

    public async Task<string> KubectlAsync(params string[] arguments)
    {
        var result = await CliWrap.Cli.Wrap(Tools.Kubectl)
            .WithArguments(arguments)
            .WithEnvironmentVariables(variables => variables.Set("KUBECONFIG", Path.Combine(Lab.Folder, ".slipway", "rehearsal", "kubeconfig")).Set("HOME", Lab.Folder))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {result.StandardError}");
        return result.StandardOutput;
    }

    /// <summary>Names of the nodes that take no pods.</summary>
    public async Task<IReadOnlyList<string>> CordonedAsync() =>
        [.. (await KubectlAsync("get", "nodes", "-o", "jsonpath={range .items[?(@.spec.unschedulable==true)]}{.metadata.name}{\"\\n\"}{end}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    public string Manifest(string yaml)
    {
        var path = Path.Combine(Lab.Folder, "manifest.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }

    public ValueTask DisposeAsync() => Lab.DisposeAsync();
}

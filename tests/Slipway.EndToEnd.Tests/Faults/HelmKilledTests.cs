using Slipway.EndToEnd.Tests.Kills;
using Slipway.Kubernetes.Helm;
using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Faults;

/// <summary>helm dies by SIGKILL in the middle of an install, with its release record posted: the next run clears the record and converges.</summary>
public sealed class HelmKilledTests
{
    [Fact]
    public async Task A_helm_killed_half_way_ends_the_run_with_1_and_the_next_run_converges()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for helm is a shell script");
        await using var lab = await Lab.StartAsync(1, 1, TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        UseChart(lab, WriteChart(folder.At("chart")));
        var helm = WriteHelm(folder);

        var killed = await UpAsync(lab, helm);
        Assert.True(killed.ExitCode == 1, $"ended with {killed.ExitCode}\n{killed.Error}\n{killed.Out}");
        Assert.Contains("phase cilium", killed.Error, StringComparison.Ordinal);
        Assert.Contains("137", killed.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.At("killed")));

        var next = await UpAsync(lab, helm);
        Assert.True(next.ExitCode == 0, $"{next.Error}\n{next.Out}");
        Assert.Contains("the release is pending-install", next.Error, StringComparison.Ordinal);

        var plan = await lab.PlanAsync();
        Assert.True(plan.ExitCode == 0, plan.Out);
        Assert.Equal(1, lab.Count(LedgerKind.EtcdBootstrapped));
    }

    private static Task<SlipwayProcess> UpAsync(Lab lab, string helm) => SlipwayProcess.RunAsync(
        new SlipwayProcess.Start { Folder = lab.Folder, Timeout = TimeSpan.FromMinutes(3), Variables = new Dictionary<string, string> { [HelmLocator.Variable] = helm } },
        "up", "-f", "cluster.yaml", "--yes", "--progress", "plain");

    /// <summary>A chart whose hook never ends: helm posts the record of its release, starts the hook and waits, which makes the moment of its death certain.</summary>
    private static string WriteChart(string folder)
    {
        var chart = StandInChart.Unpack(folder, "1.16.19");
        File.WriteAllText(
            Path.Combine(chart, "templates", "hook.yaml"),
            """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: never-ends
              namespace: kube-system
              annotations: {helm.sh/hook: pre-install}
            spec:
              suspend: true
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: nothing, image: none}]
            """);
        return chart;
    }

    private static void UseChart(Lab lab, string chart)
    {
        var spec = Path.Combine(lab.Folder, "cluster.yaml");
        var text = File.ReadAllText(spec);
        Assert.Contains("chart: {standIn: true}", text, StringComparison.Ordinal);
        File.WriteAllText(spec, text.Replace("chart: {standIn: true}", $"chart: {{folder: {chart}}}", StringComparison.Ordinal));
    }

    /// <summary>The real helm; but its first install is killed as soon as its record can be seen, and later ones skip the hook.</summary>
    private static string WriteHelm(TemporaryFolder folder)
    {
        var path = folder.At("helm");
        File.WriteAllText(
            path,
            $$"""
            #!/bin/sh
            real='{{HelmLocator.Find()}}'
            mark='{{folder.At("killed")}}'
            case " $* " in
              *" upgrade "*) ;;
              *) exec "$real" "$@" ;;
            esac
            if [ -e "$mark" ]; then exec "$real" "$@" --no-hooks; fi
            kubeconfig=
            last=
            for argument in "$@"; do
              case "$argument" in --kubeconfig=*) kubeconfig=${argument#--kubeconfig=} ;; esac
              if [ "$last" = --kubeconfig ]; then kubeconfig=$argument; fi
              last=$argument
            done
            "$real" "$@" &
            child=$!
            until "$real" status cilium --namespace kube-system --kubeconfig "$kubeconfig" 2>/dev/null | grep -q pending-install; do
              kill -0 $child || break
            done
            : > "$mark"
            kill -9 $child
            wait $child
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}

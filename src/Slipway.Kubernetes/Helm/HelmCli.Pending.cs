using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Engine.Ports;

namespace Slipway.Kubernetes.Helm;

/// <summary>What a killed helm leaves behind: a release that helm itself refuses to touch again.</summary>
public sealed partial class HelmCli
{
    /// <remarks>
    /// With a revision that was deployed, helm rolls back to it. Without one, only the pending record is forgotten: the objects
    /// that were made already stay, for they carry the release's name and the next install adopts them. helm uninstall would
    /// tear down agents that may be carrying traffic by now.
    /// </remarks>
    public async Task ClearPendingAsync(HelmTarget target, ReleaseObservation pending, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync(target, cancellationToken);
        if (history is not [.., var newest] || newest.Revision != pending.Revision || newest.Status != pending.Status)
        {
            // Somebody else was faster, or the helm that was left behind has ended by itself: what to do has to be planned anew.
            throw new SlipwayException(FailureReason.NotYet, $"release {target.Namespace}/{target.Release} changed while it was looked at")
            {
                Expected = $"revision {pending.Revision} {pending.Status}",
                Found = history is [.., var now] ? $"revision {now.Revision} {now.Status}" : "no release",
                Hint = "run again",
            };
        }

        if (newest.Status == "uninstalling")
        {
            Succeeded(await RunAsync(target, ["uninstall", target.Release, "--ignore-not-found"], cancellationToken), "ending the uninstall of the release");
        }
        else if (!newest.Status.StartsWith("pending", StringComparison.Ordinal))
        {
            return;
        }
        else if (history.LastOrDefault(revision => revision.WasDeployed) is { } deployed)
        {
            Succeeded(await RunAsync(target, ["rollback", target.Release, $"{deployed.Revision}", "--history-max", $"{HistoryMax}"], s_query * 5, null, cancellationToken),
                $"rolling the release back to revision {deployed.Revision}");
        }
        else
        {
            await ForgetAsync(target, newest.Revision, cancellationToken);
        }
    }

    private async Task ForgetAsync(HelmTarget target, int revision, CancellationToken cancellationToken)
    {
        var kubeconfig = new Sensitive(await File.ReadAllTextAsync(target.KubeconfigPath, cancellationToken));
        using var cluster = new KubernetesCluster(KubernetesApiClient.Open(kubeconfig, time));
        var record = new ManifestId("v1", "Secret", target.Namespace, $"sh.helm.release.v1.{target.Release}.v{revision}");
        var live = await cluster.GetAsync(record, cancellationToken);
        // Never a record that was finished in the meantime.
        if (live is not null && ((string?)live["metadata"]?["labels"]?["status"])?.StartsWith("pending", StringComparison.Ordinal) == true)
        {
            await cluster.DeleteAsync(record, cancellationToken);
        }
    }
}

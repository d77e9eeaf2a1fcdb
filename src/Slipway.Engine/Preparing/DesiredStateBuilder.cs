using Slipway.Core.Cilium;
using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Planning;
using Slipway.Core.Policies;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;

namespace Slipway.Engine.Preparing;

/// <summary>Works out what every node and the cluster should be, from the spec, the files that it names and the secrets.</summary>
public sealed class DesiredStateBuilder(ClusterSpec spec, SpecFolder folder)
{
    /// <param name="warnings">Gets what is not an error.</param>
    /// <exception cref="Core.Failures.BadInputException">With every finding of every file.</exception>
    public DesiredState Build(SecretsBundle secrets, Sensitive talosconfig, List<Diagnostic> warnings)
    {
        var findings = new List<Diagnostic>();
        var configs = Configs(secrets, findings);
        findings.AddRange(CiliumValues.Check(spec, folder.File));
        findings.AddRange(PolicySet.Check(spec, folder.File));
        SpecFolder.Demand(findings);
        warnings.AddRange(findings);
        return new DesiredState
        {
            Spec = spec,
            Configs = configs,
            CiliumValues = CiliumValues.For(spec),
            Policies = PolicySet.For(spec),
            TalosCa = secrets.Os.Certificate,
            KubernetesCa = secrets.Kubernetes.Certificate,
            Talosconfig = talosconfig,
            SecretsPath = folder.Resolve(spec.SecretsFile),
            SecretsYaml = new Sensitive(SecretsYaml.Write(secrets)),
        };
    }

    private Dictionary<string, Sensitive> Configs(SecretsBundle secrets, List<Diagnostic> findings)
    {
        var bases = new Dictionary<NodeRole, PatchSource?>
        {
            [NodeRole.ControlPlane] = spec.Configs.ControlPlane is { } controlPlane ? folder.Read(controlPlane, 0, findings) : null,
            [NodeRole.Worker] = spec.Configs.Worker is { } worker ? folder.Read(worker, 0, findings) : null,
        };
        var all = Patches(spec.Patches, findings);
        var byRole = new Dictionary<NodeRole, List<PatchSource>>
        {
            [NodeRole.ControlPlane] = Patches(spec.ControlPlanePatches, findings),
            [NodeRole.Worker] = Patches(spec.WorkerPatches, findings),
        };

        var configs = new Dictionary<string, Sensitive>();
        foreach (var node in spec.Nodes)
        {
            var result = NodeRenderer.Render(new RenderRequest
            {
                Spec = spec.For(node),
                Node = node,
                Secrets = secrets,
                BaseConfig = bases[node.Role],
                Patches = [.. all, .. byRole[node.Role], .. Patches(node.Patches, findings)],
            });
            // A mistake in a patch for all nodes is one mistake, not 500.
            findings.AddRange(result.Findings.Where(finding => !findings.Contains(finding)));
            if (result.Config is { } config)
            {
                configs[node.Name] = config;
            }
        }

        return configs;
    }

    private List<PatchSource> Patches(IEnumerable<PatchRef> patches, List<Diagnostic> findings) =>
        [.. patches.Select(patch => folder.Read(patch, findings)).OfType<PatchSource>()];
}

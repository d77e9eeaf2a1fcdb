using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Secrets;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>
/// The machine config of one node: a base, what Slipway wants of every node (talos-patches), what the spec says of this
/// one, and the user's patches, in this order. Always computed from the base and never from a live config, since Talos'
/// patches make lists grow.
/// </summary>
public static class NodeRenderer
{
    public static ConfigResult Render(RenderRequest request)
    {
        var source = request.BaseConfig ?? new PatchSource($"generated for {request.Node.Name}", ConfigGenerator.Generate(Generation(request)));
        var findings = new List<Diagnostic>();
        var documents = MachineConfigText.Parse(source.Name, source.Text, findings);
        var config = new BaseConfig(request.Spec.Talos, documents);
        findings.AddRange(BaseConfigRules.Check(source.Name, config, request));
        if (findings.Exists(finding => finding.Severity == Severity.Error))
        {
            return new ConfigResult(null, findings);
        }

        List<PatchSource> patches = [.. TalosPatches.For(config, request), .. NodePatches.For(config, request), .. request.Patches];
        var patched = ConfigPatcher.Apply(source.Name, source.Text, patches);
        findings.AddRange(patched.Findings);
        if (patched.Config is null)
        {
            return new ConfigResult(null, findings);
        }

        var rendered = MachineConfigText.Parse(request.Node.Name, patched.Config.Reveal(), findings);
        ListDuplicates.Remove(rendered);
        // A patch that was written for another Talos: its node would refuse the whole config, for one document.
        findings.AddRange(ConfigValidator.Check($"rendered for {request.Node.Name}", rendered, request.Spec.Talos));
        findings.AddRange(KubeletCpuRules.Check($"rendered for {request.Node.Name}", request.Node, new BaseConfig(request.Spec.Talos, rendered)));
        var failed = findings.Exists(finding => finding.Severity == Severity.Error);
        return new ConfigResult(failed ? null : new Sensitive(MachineConfigText.Write(rendered)), findings);
    }

    private static GenerateRequest Generation(RenderRequest request) => new()
    {
        Talos = request.Spec.Talos,
        Role = request.Node.Role,
        ClusterName = request.Spec.Name,
        Endpoint = request.Spec.Endpoint,
        Kubernetes = request.Spec.Kubernetes,
        Network = request.Spec.Network,
        Secrets = request.Secrets,
    };
}

using System.Text;
using Google.Protobuf;
using Slipway.Core.Filter;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Files;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Resources;

/// <content>Config, status, kernel, services.</content>
internal static partial class ResourceRendering
{
    private static IEnumerable<ResourceBody> MachineConfigs(RehearsedNode node)
    {
        if (node.Active is { } active)
        {
            yield return ConfigBody("v1alpha1", active);
        }

        if (node.Persistent is { } persistent)
        {
            yield return ConfigBody("persistent", persistent);
        }
    }

    /// <summary>yaml_spec is a YAML string that holds the YAML; proto_spec has the text as bytes in field 1 (machine_config.go).</summary>
    private static ResourceBody ConfigBody(string id, NodeConfig config)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFromUtf8(config.Text));
        }

        return new ResourceBody(id, Quote(config.Text) + "\n", bytes.ToArray());
    }

    private static IEnumerable<ResourceBody> MachineTypes(RehearsedNode node) =>
        [new("machine-type", node.Active?.MachineType is { } type ? type + "\n" : "unknown\n")];

    private static IEnumerable<ResourceBody> MachineStatuses(RehearsedNode node)
    {
        var unmet = node.Unmet();
        var text = new StringBuilder($"stage: {StageName(node.Stage)}\nstatus:\n    ready: {Bool(unmet.Count == 0)}\n");
        text.Append(unmet.Count == 0 ? "    unmetConditions: []\n" : "    unmetConditions:\n");
        foreach (var (name, reason) in unmet)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"        - name: {name}\n          reason: {Quote(reason)}\n");
        }

        return [new("machine", text.ToString())];
    }

    private static string StageName(MachineStage stage) => stage == MachineStage.ShuttingDown ? "shutting down" : stage.ToString().ToLowerInvariant();

    private static IEnumerable<ResourceBody> Diagnostics(RehearsedNode node) => node.InstallError is { } error
        ? [new("install", $"message: {Quote(error)}\ndetails: []\n")]
        : [];

    /// <summary>What Talos sets by itself, overridden and added to by the config; the id carries the path with dots.</summary>
    private static IEnumerable<ResourceBody> KernelParams(RehearsedNode node) => NodeFiles.Sysctls(node).Select(pair =>
        new ResourceBody("proc.sys." + pair.Key, $"current: {Quote(pair.Value)}\ndefault: {Quote(NodeFiles.KernelDefault(pair.Key))}\nunsupported: false\n"));

    private static IEnumerable<ResourceBody> KernelCmdlines(RehearsedNode node) => [new("cmdline", $"cmdline: {Quote(NodeFiles.Cmdline(node))}\n")];

    /// <summary>Real ones, and the pseudo extension by which an image factory marks its images.</summary>
    private static IEnumerable<ResourceBody> Extensions(RehearsedNode node) =>
        node.BootedSchematic is { } booted
            ? RealExtensions(node).Append(new ResourceBody(
                "schematic",
                $"image: schematic.sqsh\nmetadata:\n    name: schematic\n    version: {booted.Id}\n    author: Image Factory (https://factory.talos.dev)\n    description: Virtual extension which specifies the schematic of the image built with Image Factory.\n    compatibility:\n        talos:\n            version: '>= 1.0.0'\n    extraInfo: {Quote(booted.Schematic.ToYaml())}\n"))
            : RealExtensions(node);

    private static IEnumerable<ResourceBody> RealExtensions(RehearsedNode node) => node.ExtensionNames.Select((name, index) => new ResourceBody(
        index.ToString(System.Globalization.CultureInfo.InvariantCulture),
        $"image: {index:D3}.{name}.sqsh\nmetadata:\n    name: {name}\n    version: {(name == FilterExtension.Name ? FilterFiles.Version : node.Traits.Version.ToString()[1..])}\n    author: rehearsal\n    description: {name}\n    compatibility:\n        talos:\n            version: '>= v1.10.0'\n    extraInfo: \"\"\n"));

    private static IEnumerable<ResourceBody> KernelModules(RehearsedNode node) =>
        (node.Active?.KernelModules ?? []).Append("mlx5_core").Append("nvme").Distinct().Select(name => new ResourceBody(name, "size: 262144\nreferenceCount: 1\ndependencies: []\nstate: Live\naddress: \"0x0\"\n"));

    private static IEnumerable<ResourceBody> SecurityStates(RehearsedNode node) =>
        [new("securitystate", $"secureBoot: false\nuKISigningKeyFingerprint: \"\"\npcrSigningKeyFingerprint: \"\"\nselinuxState: enabled, permissive\nbootedWithUKI: {Bool(!node.Plate.Hardware.Bios)}\nmoduleSignatureEnforced: true\n")];

    private static IEnumerable<ResourceBody> BootIds(RehearsedNode node) => [new("boot-id", $"bootID: {node.BootId}\n")];

    private static IEnumerable<ResourceBody> UnattendedInstalls(RehearsedNode node) => node.Install == InstallPhase.None
        ? []
        : [new("unattended-install", $"image: {node.Active?.InstallImage}\nphase: {PhaseName(node.Install)}\nerror: {Quote(node.InstallError ?? "")}\n")];

    private static string PhaseName(InstallPhase phase) => phase == InstallPhase.WaitingForReboot ? "waiting-for-reboot" : phase.ToString().ToLowerInvariant();

    private static IEnumerable<ResourceBody> MetaKeys(RehearsedNode node) => node.Disk.Meta.Select(pair => new ResourceBody($"0x{pair.Key:x2}", $"value: {Quote(pair.Value)}\n"));

    private static IEnumerable<ResourceBody> Versions(RehearsedNode node) => [new("version", $"version: {node.Traits.Version}\n")];

    private static IEnumerable<ResourceBody> Services(RehearsedNode node) => node.Services.Select(service => new ResourceBody(
        service.Id,
        $"running: {Bool(service.State == "Running")}\nhealthy: {Bool(service.Healthy == true)}\nunknown: {Bool(service.Healthy is null)}\n"));

    private static IEnumerable<ResourceBody> TimeStatuses(RehearsedNode node) => [new("node", $"synced: {Bool(node.TimeSynced && !node.World.Ails(Ailment.TimeUnsynced, node.Plate.Name))}\nepoch: 0\nsyncDisabled: false\n")];
}

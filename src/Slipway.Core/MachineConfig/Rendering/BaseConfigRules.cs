using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>What a user's base config must be: of the right role, and of this cluster and no other.</summary>
internal static class BaseConfigRules
{
    public static IEnumerable<Diagnostic> Check(string file, BaseConfig config, RenderRequest request)
    {
        var role = request.Node.Role == NodeRole.ControlPlane ? "controlplane" : "worker";
        var type = config.Text(ConfigDocument.LegacyKind, "machine.type");
        if (type != role && !(role == "controlplane" && type == "init"))
        {
            yield return Error(
                file,
                config.Find(ConfigDocument.LegacyKind, "machine.type"),
                "machine.type",
                type is null ? "the config does not say its role" : $"this config is for a {type}",
                $"{role}, which {request.Node.Name} is in cluster.yaml");
        }

        if (config.Text(ConfigDocument.LegacyKind, "machine.token") is null)
        {
            yield return Error(file, null, "machine.token", "the token is missing", "a complete config, such as talosctl gen config writes");
        }
        else if (config.Text(ConfigDocument.LegacyKind, "machine.token") != request.Secrets.TrustdToken.Reveal())
        {
            yield return Foreign(file, config, "machine.token");
        }

        if (config.Text(ConfigDocument.LegacyKind, "machine.ca.crt") is { } ca && Decode(ca).Trim() != request.Secrets.Os.Certificate.Trim())
        {
            yield return Foreign(file, config, "machine.ca.crt");
        }

        if (request.BaseConfig is null && !request.Spec.Talos.IsAtLeast(VersionContract.Range.First.Major, VersionContract.Range.First.Minor))
        {
            yield return Error(file, null, "", $"no config can be generated for Talos {request.Spec.Talos}", $"{VersionContract.Range.First.Line} or later");
        }
    }

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : "";
    }

    private static Diagnostic Foreign(string file, BaseConfig config, string path) => Error(
        file,
        config.Find(ConfigDocument.LegacyKind, path),
        path,
        "this config comes from other secrets than the ones of this cluster",
        "a config made from the secrets file that cluster.yaml names");

    private static Diagnostic Error(string file, YamlNode? at, string path, string message, string expected) => new()
    {
        Severity = Severity.Error,
        File = file,
        Line = (int)(at?.Start.Line ?? 0),
        Column = (int)(at?.Start.Column ?? 0),
        Path = path,
        Message = message,
        Expected = expected,
    };
}

using Slipway.Core.Failures;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Talos.Api;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Cosi;

/// <summary>What an installed node booted: command line, boot loader, schematic, extensions.</summary>
public sealed class BootFacts(TalosConnection connection)
{
    /// <summary>The pseudo extension by which an image factory marks its images; its version is the schematic's id and its extraInfo the schematic.</summary>
    private const string SchematicName = "schematic";

    /// <summary>Made when modules of extensions are joined with the kernel's (Talos: internal/pkg/extensions).</summary>
    private const string ModulesName = "modules.dep";

    private readonly ResourceState _state = new(connection);

    public async Task<BootObservation> ReadAsync(CancellationToken cancellationToken)
    {
        var extensions = _state.ListAsync(CosiKinds.ExtensionStatus, cancellationToken);
        var security = _state.FindAsync(CosiKinds.SecurityState, cancellationToken);
        var cmdline = CmdlineAsync(cancellationToken);
        var install = _state.FindAsync(CosiKinds.UnattendedInstallStatus, cancellationToken);
        await Task.WhenAll(extensions, security, cmdline, install);
        var schematic = (await extensions).FirstOrDefault(found => Name(found) == SchematicName);
        return new BootObservation
        {
            Cmdline = await cmdline,
            Installing = (await install)?.Text("phase") is "pending" or "installing" or "waiting-for-reboot",
            Uki = (await security)?.Flag("bootedWithUKI"),
            SchematicId = schematic?.Text("metadata", "version"),
            Schematic = schematic?.Text("metadata", "extraInfo") is { } text ? SchematicReader.Read(text) : null,
            Extensions =
            [
                .. (await extensions)
                    .Where(found => Name(found) is not (SchematicName or ModulesName))
                    .Select(found => new InstalledExtension(Name(found), found.Text("metadata", "version") ?? "")),
            ],
        };
    }

    /// <summary>A resource since 1.11; before, a file that only administrators may read.</summary>
    private async Task<string?> CmdlineAsync(CancellationToken cancellationToken)
    {
        if ((await _state.FindAsync(CosiKinds.KernelCmdline, cancellationToken))?.Text("cmdline") is { } known)
        {
            return known.Trim();
        }

        try
        {
            return (await new FilesApi(connection).ReadTextAsync("/proc/cmdline", cancellationToken)).Trim();
        }
        catch (SlipwayException error) when (error.Reason is FailureReason.PermissionDenied or FailureReason.NotSupported or FailureReason.NotFound or FailureReason.MaintenanceMode)
        {
            return null;
        }
    }

    private static string Name(CosiResource extension) => extension.Text("metadata", "name") ?? extension.Id;
}

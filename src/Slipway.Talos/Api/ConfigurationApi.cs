using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Slipway.Core.Secrets;
using Slipway.Talos.Connections;
using WireMode = Slipway.Talos.Wire.Machine.ApplyConfigurationRequest.Types.Mode;

namespace Slipway.Talos.Api;

/// <summary>Machine configs and the client configs that belong to them.</summary>
public sealed class ConfigurationApi(TalosConnection connection)
{
    private readonly Wire.Machine.MachineService.MachineServiceClient _machine = new(connection.Invoker);

    /// <summary>Sends a whole machine config; the server knows no patches.</summary>
    /// <param name="tryTimeout">Only for TRY: when the node goes back by itself, 1 minute when null.</param>
    /// <exception cref="Core.Failures.SlipwayException">Rejected: not valid; NotYet: another apply is at work; NotSupported: the mode is not for this version.</exception>
    public async Task<AppliedConfiguration> ApplyAsync(
        Sensitive config, ConfigurationMode mode, bool dryRun, TimeSpan? tryTimeout, CancellationToken cancellationToken)
    {
        var request = new Wire.Machine.ApplyConfigurationRequest
        {
            Data = ByteString.CopyFromUtf8(config.Reveal()),
            Mode = ToWire(mode),
            DryRun = dryRun,
            TryModeTimeout = mode == ConfigurationMode.Try && tryTimeout is { } timeout ? Duration.FromTimeSpan(timeout) : null,
        };
        var answer = (await _machine.ApplyConfigurationAsync(request, cancellationToken: cancellationToken)).Messages.Only(connection, "ApplyConfiguration");
        return new AppliedConfiguration(FromWire(answer.Mode), [.. answer.Warnings], new Sensitive(answer.ModeDetails));
    }

    /// <summary>A new client certificate from the cluster's CA, which follows the CA's algorithm; needs os:admin.</summary>
    public async Task<GeneratedClient> GenerateClientAsync(IReadOnlyList<string> roles, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var request = new Wire.Machine.GenerateClientConfigurationRequest { Roles = { roles }, CrtTtl = Duration.FromTimeSpan(lifetime) };
        var answer = (await _machine.GenerateClientConfigurationAsync(request, cancellationToken: cancellationToken)).Messages.Only(connection, "GenerateClientConfiguration");
        return new GeneratedClient(
            answer.Ca.ToStringUtf8(), new PemPair(answer.Crt.ToStringUtf8(), new Sensitive(answer.Key.ToStringUtf8())), new Sensitive(answer.Talosconfig.ToStringUtf8()));
    }

    private static WireMode ToWire(ConfigurationMode mode) => mode switch
    {
        ConfigurationMode.Reboot => WireMode.Reboot,
        ConfigurationMode.NoReboot => WireMode.NoReboot,
        ConfigurationMode.Staged => WireMode.Staged,
        ConfigurationMode.Try => WireMode.Try,
        _ => WireMode.Auto,
    };

    private static ConfigurationMode FromWire(WireMode mode) => mode switch
    {
        WireMode.Reboot => ConfigurationMode.Reboot,
        WireMode.NoReboot => ConfigurationMode.NoReboot,
        WireMode.Staged => ConfigurationMode.Staged,
        WireMode.Try => ConfigurationMode.Try,
        _ => ConfigurationMode.Auto,
    };
}

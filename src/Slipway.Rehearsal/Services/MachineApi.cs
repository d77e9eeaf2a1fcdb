using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Pki;
using Slipway.Talos.Wire.Machine;
using Duration = System.TimeSpan;

namespace Slipway.Rehearsal.Services;

/// <summary>machine.MachineService of whichever node the call is for. What is not overridden answers Unimplemented.</summary>
internal sealed partial class MachineApi : MachineService.MachineServiceBase
{
    /// <summary>RFC 8410.</summary>

    public override Task<ApplyConfigurationResponse> ApplyConfiguration(ApplyConfigurationRequest request, ServerCallContext context)
    {
        var call = NodeCall.Of(context);
        var answer = call.Node.Apply(request.Data.ToStringUtf8(), (ApplyMode)request.Mode, request.DryRun, request.TryModeTimeout?.ToTimeSpan(), call.IsAdmin);
        var message = new ApplyConfiguration { Mode = (ApplyConfigurationRequest.Types.Mode)answer.Mode, ModeDetails = answer.Details };
        message.Warnings.AddRange(answer.Warnings);
        return Task.FromResult(new ApplyConfigurationResponse { Messages = { message } });
    }

    public override Task<GenerateClientConfigurationResponse> GenerateClientConfiguration(GenerateClientConfigurationRequest request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        if (node.Active?.MachineCa is not { Key: not null } ca)
        {
            throw Refusal.NotServed("client configuration (talosconfig) can only be generated on a control plane node");
        }

        if (request.Roles.Count == 0)
        {
            throw new Refusal(RefusalCode.InvalidArgument, "no roles given");
        }

        var life = request.CrtTtl?.ToTimeSpan() ?? Duration.FromHours(8760);
        var identity = ClientIdentity.MintForTalosconfig(ca, [.. request.Roles], life, node.World.Clock.GetUtcNow());
        var talosconfig = $"""
            context: {node.Active.ClusterName ?? "talos"}
            contexts:
                {node.Active.ClusterName ?? "talos"}:
                    endpoints:
                        - {node.Plate.Address}
                    ca: {Base64(ca.Certificate)}
                    crt: {Base64(identity.Pair.Certificate)}
                    key: {Base64(identity.Pair.Key!.Reveal())}

            """;
        return Task.FromResult(new GenerateClientConfigurationResponse
        {
            Messages =
            {
                new GenerateClientConfiguration
                {
                    Ca = ByteString.CopyFromUtf8(ca.Certificate),
                    Crt = ByteString.CopyFromUtf8(identity.Pair.Certificate),
                    Key = ByteString.CopyFromUtf8(identity.Pair.Key.Reveal()),
                    Talosconfig = ByteString.CopyFromUtf8(talosconfig),
                },
            },
        });
    }

    public override Task<VersionResponse> Version(Empty request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        return Task.FromResult(new VersionResponse
        {
            Messages =
            {
                new Talos.Wire.Machine.Version
                {
                    Version_ = new Talos.Wire.Machine.VersionInfo
                    {
                        Tag = node.Traits.Version.ToString(), Sha = "rehearsal", Built = "", GoVersion = "go1.24.0", Os = "linux", Arch = "amd64",
                    },
                    Platform = new PlatformInfo { Name = "metal", Mode = "metal" },
                    Features = new FeaturesInfo { Rbac = true },
                },
            },
        });
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}

using Slipway.Cli.Commands;
using Slipway.Core.Failures;
using Slipway.Talos.Talosconfig;

namespace Slipway.Cli.Composition;

/// <summary>
/// Tells in time that the operator's way to the nodes is about to close: the talosconfig that a run left, and the one that
/// talosctl would take, as far as it is of this cluster. Slipway itself does not need them, it has the CA's key.
/// </summary>
internal static class TalosconfigWarnings
{
    public static void Tell(CommandContext context, Workspace workspace)
    {
        var now = context.Environment.Time.GetUtcNow();
        var theirs = TalosconfigPaths.Find(null, context.Environment.Variable, context.Environment.Variable("HOME") ?? "/");
        foreach (var path in new[] { workspace.Folder.Talosconfig, theirs }.OfType<string>().Distinct().Where(File.Exists))
        {
            foreach (var certificate in Certificates(path, workspace.Desired.TalosCa).Where(certificate => certificate.IsDue(now)))
            {
                context.Output.Warn($"{path}: the client certificate of context '{certificate.Context}' ({string.Join(", ", certificate.Roles)}) {certificate.Describe(now)}");
                context.Output.Hint($"slipway talosconfig {path} --renew");
            }
        }
    }

    /// <summary>Files of the user's that cannot be read are none of ours.</summary>
    private static IReadOnlyList<ClientCertificate> Certificates(string path, string ca)
    {
        try
        {
            return ClientCertificate.Of(TalosconfigFile.Load(path), ca);
        }
        catch (Exception error) when (error is SlipwayException or BadInputException)
        {
            return [];
        }
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Pki;

namespace Slipway.Rehearsal.Services;

/// <summary>
/// The answer of Kubeconfig: gzip around a tar with one entry. Talos never closes the tar writer, so neither the padding of
/// the content nor the two closing blocks are there, and TarReader fails on it. So does this one.
/// </summary>
internal static class NodeKubeconfig
{
    private const int HeaderSize = 512;

    public static byte[] Archive(RehearsedNode node)
    {
        var content = Encoding.UTF8.GetBytes(Text(node));
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "kubeconfig")
            {
                DataStream = new MemoryStream(content),
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                ModificationTime = node.World.Clock.GetUtcNow(),
            });
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar.GetBuffer().AsSpan(0, HeaderSize + content.Length));
        }

        return packed.ToArray();
    }

    /// <summary>With the cluster's endpoint from the config and an administrator's certificate that is new at each call.</summary>
    private static string Text(RehearsedNode node)
    {
        if (node.Active is not { IsControlPlane: true } config)
        {
            throw Refusal.NotServed("kubeconfig is only available on control plane nodes");
        }

        if (config.KubernetesCa is not { Key: not null } ca)
        {
            throw new Refusal(RefusalCode.Unknown, "the config has no Kubernetes CA");
        }

        // Issued for the whole rehearsal, from its start on: kubectl goes by the real clock, behind which virtual time does not stay.
        var admin = ClientIdentity.MintKubernetesAdmin(ca, TimeSpan.FromHours(8760), node.World.Clock.Start);
        var name = config.ClusterName ?? "talos";
        return $$"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {{name}}
              cluster:
                server: {{config.Endpoint}}
                certificate-authority-data: {{Base64(ca.Certificate)}}
            users:
            - name: admin@{{name}}
              user:
                client-certificate-data: {{Base64(admin.Pair.Certificate)}}
                client-key-data: {{Base64(admin.Pair.Key!.Reveal())}}
            contexts:
            - context:
                cluster: {{name}}
                namespace: default
                user: admin@{{name}}
              name: admin@{{name}}
            current-context: admin@{{name}}

            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

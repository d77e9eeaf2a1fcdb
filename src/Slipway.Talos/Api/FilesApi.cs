using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Api;

/// <summary>Files of a node.</summary>
public sealed class FilesApi(TalosConnection connection)
{
    private readonly Wire.Machine.MachineService.MachineServiceClient _machine = new(connection.Invoker);

    /// <summary>A regular file; needs os:admin.</summary>
    /// <exception cref="SlipwayException">NotFound.</exception>
    public async Task ReadAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using var call = _machine.Read(new Wire.Machine.ReadRequest { Path = path }, cancellationToken: cancellationToken);
        await call.CopyToAsync(target, cancellationToken);
    }

    /// <inheritdoc cref="ReadAsync(string, Stream, CancellationToken)"/>
    public async Task<string> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await ReadAsync(path, buffer, cancellationToken);
        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <param name="depth">1 lists the folder alone; 0 goes down without limit.</param>
    public async Task<IReadOnlyList<FileEntry>> ListAsync(string root, int depth, CancellationToken cancellationToken)
    {
        var entries = new List<FileEntry>();
        using var call = _machine.List(
            new Wire.Machine.ListRequest { Root = root, Recurse = depth != 1, RecursionDepth = depth }, cancellationToken: cancellationToken);
        await foreach (var file in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            entries.Add(new FileEntry(
                file.Name, file.RelativeName, file.Size, file.IsDir, file.Mode, DateTimeOffset.FromUnixTimeSeconds(file.Modified), NullIfEmpty(file.Link), NullIfEmpty(file.Error)));
        }

        return entries;
    }

    /// <summary>A kubeconfig with a fresh administrator certificate; control planes only.</summary>
    public async Task<Sensitive> KubeconfigAsync(CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream();
        using var call = _machine.Kubeconfig(new Empty(), cancellationToken: cancellationToken);
        await call.CopyToAsync(archive, cancellationToken);
        archive.Position = 0;
        try
        {
            return new Sensitive(KubeconfigArchive.Read(archive));
        }
        catch (InvalidDataException error)
        {
            throw new SlipwayException(FailureReason.Unknown, $"{connection.Target}: the kubeconfig that the node sent cannot be read: {error.Message}", error)
            {
                Node = connection.Target.Name,
            };
        }
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}

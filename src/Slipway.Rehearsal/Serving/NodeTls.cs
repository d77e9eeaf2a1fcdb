using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Tls;

namespace Slipway.Rehearsal.Serving;

/// <summary>Kestrel's connection middleware of one node: refuses, or shakes hands with the certificate of the moment.</summary>
internal sealed class NodeTls(RehearsedNode node, NodeCertificates certificates, NodeConnectionsState connections)
{
    /// <summary>A peer that opens a connection and says nothing may not keep it for ever. Real time: it guards real sockets.</summary>
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(30);

    public async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (certificates.Now() is not var (options, generation, api))
        {
            connection.Abort();
            return;
        }

        connections.Add(connection);
        var transport = connection.Transport;
        try
        {
            if (await ShakeHandsAsync(connection, options) is not { } stream)
            {
                connection.Abort();
                return;
            }

            await using (stream)
            {
                // Between the choice of the certificate and here the node may have gone down.
                if (node.ApiGeneration != generation)
                {
                    connection.Abort();
                    return;
                }

                connection.Features.Set(new NodeConnection(node, generation, api, stream.PeerRoles, connection));
                connection.Transport = new TlsPipe(stream);
                await next(connection);
                await connection.Transport.Input.CompleteAsync();
                await connection.Transport.Output.CompleteAsync();
            }
        }
        catch (IOException)
        {
            // The peer or the node went away: nobody is left to tell.
        }
        finally
        {
            connections.Remove(connection);
            connection.Transport = transport;
        }
    }

    private async Task<BcTlsStream?> ShakeHandsAsync(ConnectionContext connection, BcTlsServerOptions options)
    {
        using var busy = node.World.Clock.Busy();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        limit.CancelAfter(HandshakeTimeout);
        try
        {
            return await BcTlsStream.AuthenticateAsServerAsync(new DuplexPipeStream(connection.Transport), options, limit.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ConnectionAbortedException or ConnectionResetException)
        {
            return null;
        }
    }

    private sealed class TlsPipe(Stream stream) : IDuplexPipe
    {
        // Zero-byte reads keep an idle connection free of a pinned buffer.
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}

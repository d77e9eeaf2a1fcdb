using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Slipway.Core.Secrets;
using Slipway.Talos.Tls;

namespace Slipway.Tests.Talos.Tls;

public sealed class BcTlsStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private TcpPair _tcp = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _tcp = await TcpPair.ConnectAsync();

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Both_ends_with_ed25519_keys_agree_on_http2_and_the_server_learns_the_roles()
    {
        var (client, server) = await ShakeHandsAsync(Client(TestPki.Cluster.Ed25519Client("os:admin", "os:reader")), Demanding());

        Assert.Equal("h2", client.ApplicationProtocol);
        Assert.Equal("h2", server.ApplicationProtocol);
        Assert.Equal(["os:admin", "os:reader"], server.PeerRoles);
        Assert.NotNull(client.PeerCertificate);
    }

    [Fact]
    public async Task Megabytes_flow_both_ways_at_once_and_arrive_whole()
    {
        var (client, server) = await ShakeHandsAsync(Client(TestPki.Cluster.Ed25519Client("os:admin")), Demanding());
        var (up, down) = (RandomNumberGenerator.GetBytes(3_000_001), RandomNumberGenerator.GetBytes(2_000_003));

        var received = await Task.WhenAll(
            SendAsync(client, up), SendAsync(server, down), ReadAsync(server, up.Length), ReadAsync(client, down.Length)).WaitAsync(Limit, Cancel);

        Assert.Equal(up, received[2]);
        Assert.Equal(down, received[3]);
    }

    [Fact]
    public async Task An_empty_read_waits_for_data_and_takes_none()
    {
        var (client, server) = await ShakeHandsAsync(Client(null), Undemanding());
        var waiting = client.ReadAsync(Memory<byte>.Empty, Cancel).AsTask();

        Assert.False(waiting.IsCompleted);
        await server.WriteAsync("x"u8.ToArray(), Cancel);
        Assert.Equal(0, await waiting.WaitAsync(Limit, Cancel));
        Assert.Equal("x"u8.ToArray(), await ReadAsync(client, 1));
    }

    [Fact]
    public async Task Disposing_one_end_is_the_end_of_the_stream_for_the_other()
    {
        var (client, server) = await ShakeHandsAsync(Client(null), Undemanding());

        await server.DisposeAsync();

        Assert.Equal(0, await client.ReadAsync(new byte[1], Cancel).AsTask().WaitAsync(Limit, Cancel));
    }

    [Fact]
    public async Task A_server_of_another_CA_is_not_trusted_and_hears_of_it()
    {
        var (client, server) = await FailAsync(Client(null), new BcTlsServerOptions { Identity = TestPki.Stranger.Server() });

        Assert.Equal(TlsFailure.NotOurCa, client!.Failure);
        Assert.Equal(TlsFailure.RefusedByPeer, server!.Failure);
    }

    [Fact]
    public async Task A_certificate_for_other_names_is_not_trusted()
    {
        var (client, _) = await FailAsync(Client(null) with { Host = "10.0.0.9" }, Undemanding());

        Assert.Equal(TlsFailure.WrongName, client!.Failure);
        Assert.Contains("127.0.0.1, node-1", client.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_from_the_future_tells_of_clocks()
    {
        var (client, _) = await FailAsync(Client(null), new BcTlsServerOptions { Identity = TestPki.Cluster.Server(TestPki.Now.AddHours(3)) });

        Assert.Equal(TlsFailure.OutsideValidity, client!.Failure);
    }

    [Fact]
    public async Task A_client_of_another_CA_is_refused()
    {
        var (client, server) = await RefuseAsync(TestPki.Stranger.Ed25519Client("os:admin"));

        Assert.Equal(TlsFailure.NotOurCa, server.Failure);
        Assert.Equal(TlsFailure.RefusedByPeer, client.Failure);
    }

    [Fact]
    public async Task A_client_certificate_that_is_also_good_for_servers_is_refused()
    {
        var (client, server) = await RefuseAsync(TestPki.Cluster.ClientForEverything());

        Assert.Equal(TlsFailure.WrongUsage, server.Failure);
        Assert.Equal(TlsFailure.RefusedByPeer, client.Failure);
    }

    [Fact]
    public async Task A_client_without_a_certificate_tells_that_one_is_demanded()
    {
        var (client, _) = await FailAsync(
            new BcTlsClientOptions { Host = "127.0.0.1", Trust = new MaintenanceTrust(null) }, Demanding());

        Assert.Equal(TlsFailure.CertificateDemanded, client!.Failure);
    }

    [Fact]
    public async Task The_fingerprint_of_a_maintenance_node_decides_when_it_is_given()
    {
        var identity = TestPki.Stranger.Server();
        var right = Slipway.Talos.Pki.SpkiFingerprint.Of(identity.Chain[0]);

        await ShakeHandsAsync(
            new BcTlsClientOptions { Host = "127.0.0.1", Trust = new MaintenanceTrust(right) }, new BcTlsServerOptions { Identity = identity });
    }

    [Fact]
    public async Task Another_fingerprint_is_refused()
    {
        var (client, _) = await FailAsync(
            new BcTlsClientOptions { Host = "127.0.0.1", Trust = new MaintenanceTrust(Convert.ToBase64String(new byte[32])) },
            new BcTlsServerOptions { Identity = TestPki.Stranger.Server() });

        Assert.Equal(TlsFailure.WrongFingerprint, client!.Failure);
    }

    [Fact]
    public async Task A_connection_cut_during_the_handshake_says_so()
    {
        _tcp.Server.Dispose();

        var error = await Assert.ThrowsAnyAsync<IOException>(() => BcTlsStream.AuthenticateAsClientAsync(_tcp.Client, Client(null), Cancel).WaitAsync(Limit, Cancel));

        Assert.True(error is TlsFailedException { Failure: TlsFailure.Cut } || error.InnerException is SocketException, error.ToString());
    }

    [Fact]
    public async Task Noise_instead_of_TLS_is_an_error_and_not_a_hang()
    {
        await _tcp.Server.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"), Cancel);

        var error = await Assert.ThrowsAsync<TlsFailedException>(() => BcTlsStream.AuthenticateAsClientAsync(_tcp.Client, Client(null), Cancel).WaitAsync(Limit, Cancel));

        Assert.Equal(TlsFailure.Protocol, error.Failure);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task An_SslStream_client_with_a_minted_ecdsa_identity_is_welcome(SslProtocols version)
    {
        using var certificate = TlsIdentity.FromPem(TestPki.Cluster.EcdsaClient("os:admin"), "the client").WithDotNetKey();
        using var ssl = new SslStream(_tcp.Client);
        var serving = BcTlsStream.AuthenticateAsServerAsync(_tcp.Server, Demanding(), Cancel);
        await ssl.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                EnabledSslProtocols = version,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                ClientCertificates = [certificate],
                CertificateChainPolicy = TestPki.Cluster.Trust().Policy(),
            },
            Cancel).WaitAsync(Limit, Cancel);
        var server = await serving.WaitAsync(Limit, Cancel);

        await ssl.WriteAsync("ping"u8.ToArray(), Cancel);

        Assert.Equal("ping"u8.ToArray(), await ReadAsync(server, 4));
        Assert.Equal(["os:admin"], server.PeerRoles);
        Assert.Equal(SslApplicationProtocol.Http2, ssl.NegotiatedApplicationProtocol);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_client_with_an_ed25519_key_is_welcome_at_an_SslStream_server(SslProtocols version)
    {
        using var certificate = TestPki.Cluster.EcdsaServer().WithDotNetKey();
        using var ssl = new SslStream(_tcp.Server);
        var serving = ssl.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                EnabledSslProtocols = version,
                ClientCertificateRequired = true,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            },
            Cancel);
        var client = await BcTlsStream.AuthenticateAsClientAsync(_tcp.Client, Client(TestPki.Cluster.Ed25519Client("os:reader")), Cancel).WaitAsync(Limit, Cancel);
        await serving.WaitAsync(Limit, Cancel);

        await client.WriteAsync("ping"u8.ToArray(), Cancel);

        Assert.Equal("ping"u8.ToArray(), await ReadAsync(ssl, 4));
        Assert.Equal("1.3.101.112", ((X509Certificate2)ssl.RemoteCertificate!).GetKeyAlgorithm());
    }

    /// <summary>The nearest thing to talosctl that is at hand: another implementation with an Ed25519 client key.</summary>
    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Openssl_with_an_ed25519_client_key_gets_through(string version)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-tls-").FullName;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        try
        {
            var client = TestPki.Cluster.Ed25519Client("os:admin");
            await File.WriteAllTextAsync(Path.Combine(folder, "crt"), client.Certificate, Cancel);
            await File.WriteAllTextAsync(Path.Combine(folder, "key"), client.Key!.Reveal().Replace("ED25519 ", "", StringComparison.Ordinal), Cancel);
            await File.WriteAllTextAsync(Path.Combine(folder, "ca"), TestPki.Cluster.Ca.Certificate, Cancel);
            var start = new ProcessStartInfo("openssl")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList =
                {
                    "s_client", "-quiet", "-connect", listener.LocalEndpoint.ToString()!, "-cert", Path.Combine(folder, "crt"), "-key", Path.Combine(folder, "key"),
                    "-CAfile", Path.Combine(folder, "ca"), "-verify_return_error", "-no_check_time", "-verify_ip", "127.0.0.1", version,
                },
            };
            using var openssl = Start(start);
            await openssl.StandardInput.WriteAsync("ping");
            await openssl.StandardInput.FlushAsync(Cancel);
            using var socket = await listener.AcceptTcpClientAsync(Cancel).AsTask().WaitAsync(Limit, Cancel);
            var server = await BcTlsStream.AuthenticateAsServerAsync(socket.GetStream(), Demanding(), Cancel).WaitAsync(Limit, Cancel);

            Assert.Equal(["os:admin"], server.PeerRoles);
            Assert.Equal("ping"u8.ToArray(), await ReadAsync(server, 4));
            await server.WriteAsync("pong"u8.ToArray(), Cancel);
            await server.DisposeAsync();
            Assert.Equal("pong", await openssl.StandardOutput.ReadToEndAsync(Cancel).WaitAsync(Limit, Cancel));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no openssl here");
            throw;
        }
    }

    private static BcTlsClientOptions Client(PemPair? pair) => new()
    {
        Host = "127.0.0.1",
        Trust = TestPki.Cluster.Trust(),
        Identity = pair is null ? null : TlsIdentity.FromPem(pair, "the test client"),
    };

    private static BcTlsServerOptions Demanding() => new() { Identity = TestPki.Cluster.Server(), ClientTrust = TestPki.Cluster.ClientTrust() };

    private static BcTlsServerOptions Undemanding() => new() { Identity = TestPki.Cluster.Server() };

    private static async Task<byte[]> SendAsync(Stream stream, byte[] bytes)
    {
        await stream.WriteAsync(bytes, Cancel);
        return bytes;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, Cancel).AsTask().WaitAsync(Limit, Cancel);
        return bytes;
    }

    private async Task<(BcTlsStream Client, BcTlsStream Server)> ShakeHandsAsync(BcTlsClientOptions client, BcTlsServerOptions server)
    {
        var serving = BcTlsStream.AuthenticateAsServerAsync(_tcp.Server, server, Cancel);
        var connected = await BcTlsStream.AuthenticateAsClientAsync(_tcp.Client, client, Cancel).WaitAsync(Limit, Cancel);
        return (connected, await serving.WaitAsync(Limit, Cancel));
    }

    private async Task<(TlsFailedException? Client, TlsFailedException? Server)> FailAsync(BcTlsClientOptions client, BcTlsServerOptions server)
    {
        var serving = Record.ExceptionAsync(() => BcTlsStream.AuthenticateAsServerAsync(_tcp.Server, server, Cancel)).AsTask();
        var connecting = Record.ExceptionAsync(() => BcTlsStream.AuthenticateAsClientAsync(_tcp.Client, client, Cancel)).AsTask();
        return ((await connecting.WaitAsync(Limit, Cancel)) as TlsFailedException, (await serving.WaitAsync(Limit, Cancel)) as TlsFailedException);
    }

    /// <summary>In TLS 1.3 the client is done before the server has judged it: it hears of it at its first read.</summary>
    private async Task<(TlsFailedException Client, TlsFailedException Server)> RefuseAsync(PemPair identity)
    {
        var serving = Assert.ThrowsAsync<TlsFailedException>(() => BcTlsStream.AuthenticateAsServerAsync(_tcp.Server, Demanding(), Cancel));
        var client = await BcTlsStream.AuthenticateAsClientAsync(_tcp.Client, Client(identity), Cancel).WaitAsync(Limit, Cancel);
        var refused = await Assert.ThrowsAsync<TlsFailedException>(() => client.ReadAsync(new byte[1], Cancel).AsTask().WaitAsync(Limit, Cancel));
        return (refused, await serving.WaitAsync(Limit, Cancel));
    }
}

using System.Net.Sockets;
using Grpc.Core;
using Slipway.Core.Failures;
using Slipway.Talos.Tls;

namespace Slipway.Talos.Connections;

/// <summary>
/// The one place where what gRPC and TLS report becomes a reason. The same status means different things in maintenance mode
/// and out of it, and for calls that only control planes serve (Talos: internal/app/machined/internal/server/v1alpha1).
/// </summary>
internal static class RpcFailures
{
    private static readonly HashSet<string> ControlPlaneOnly = new(StringComparer.Ordinal)
    {
        "Bootstrap", "Kubeconfig", "EtcdMemberList", "EtcdStatus", "EtcdSnapshot", "EtcdRecover", "EtcdRemoveMemberByID", "EtcdLeaveCluster", "EtcdForfeitLeadership",
    };

    /// <param name="late">What ended the connection under the call, if known: HTTP/2 does not always pass it on.</param>
    public static SlipwayException Map(RpcException error, string method, TalosTarget target, bool maintenance, TlsFailedException? late = null)
    {
        var call = method[(method.LastIndexOf('/') + 1)..];
        var causes = Causes(error).ToArray();
        var tls = causes.OfType<TlsFailedException>().FirstOrDefault() ?? (causes.Any(IsTransport) ? late : null);
        var (reason, found, hint) = tls is not null
            ? FromTls(tls, maintenance)
            : causes.OfType<SocketException>().FirstOrDefault() is { } socket
                ? (FailureReason.Unreachable, socket.Message, "is the machine on, and the address right? Is a firewall between?")
                : FromStatus(error, method, call, maintenance, causes);
        return new SlipwayException(reason, $"{target}: {call} failed: {found}", (Exception?)tls ?? error) { Node = target.Name, Found = found, Hint = hint };
    }

    /// <summary>The TLS reason behind a failure, or null when it had none.</summary>
    public static TlsFailure? TlsReason(Exception error) => Causes(error).OfType<TlsFailedException>().FirstOrDefault()?.Failure;

    private static (FailureReason, string, string?) FromTls(TlsFailedException error, bool maintenance) => error.Failure switch
    {
        TlsFailure.NotOurCa => (FailureReason.UntrustedPeer, error.Message, "the node is in maintenance mode, or belongs to another cluster"),
        TlsFailure.WrongFingerprint => (FailureReason.UntrustedPeer, error.Message,
            "read the fingerprint on the node's console again: it changes at each maintenance boot. If it is still another, somebody else answers"),
        TlsFailure.WrongName => (FailureReason.UntrustedPeer, error.Message, "add the address to machine.certSANs, or dial one of the names"),
        TlsFailure.OutsideValidity => (FailureReason.UntrustedPeer, error.Message, "compare the clocks of this machine and of the node"),
        TlsFailure.CertificateDemanded => (FailureReason.WrongNode, error.Message, "the node has a configuration already, of another cluster than this one"),
        TlsFailure.RefusedByPeer => (FailureReason.PermissionDenied, error.Message, maintenance
            ? "the node has a configuration already"
            : "is the client certificate from this cluster's CA, and not expired?"),
        TlsFailure.Cut => (FailureReason.Unreachable, error.Message, "the node may be on its way down or up: try again"),
        _ => (FailureReason.Unreachable, error.Message, "is it the Talos API that listens there?"),
    };

    private static (FailureReason, string, string?) FromStatus(RpcException error, string method, string call, bool maintenance, Exception[] causes)
    {
        var detail = string.IsNullOrWhiteSpace(error.Status.Detail) ? error.StatusCode.ToString() : error.Status.Detail;
        var told = $"{error.StatusCode}: {detail}";
        return error.StatusCode switch
        {
            // gRPC leaves the detail of a passed deadline empty.
            StatusCode.DeadlineExceeded => (FailureReason.TimedOut, $"no answer within {RpcDeadlines.Of(method).TotalSeconds:0} s", "is the node overloaded, or on its way down?"),
            // The alert that gives the reason can be lost when a peer closes at once: the reset overtakes it.
            _ when causes.Any(cause => cause is HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } or HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }) =>
                (FailureReason.Unreachable, "the connection ended right after the TLS handshake", "the node may be on its way down or up, or does not accept our certificate"),
            _ when causes.Any(IsTransport) => (FailureReason.Unreachable, causes.Last(IsTransport).Message, "the node may be on its way down or up: try again"),
            StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted => (FailureReason.Unreachable, told, "the node may be on its way down or up: try again"),
            StatusCode.Unimplemented when maintenance => (FailureReason.MaintenanceMode, told, "the node has no configuration yet"),
            StatusCode.Unimplemented when ControlPlaneOnly.Contains(call) =>
                (FailureReason.NotSupported, told, "only control-plane nodes serve it; a node without a configuration does not either"),
            StatusCode.Unimplemented => (FailureReason.NotSupported, told, "the node's Talos version or its mode does not have it"),
            // COSI answers so for a resource type that this Talos version does not have.
            StatusCode.PermissionDenied when method.StartsWith("/cosi.", StringComparison.Ordinal) && IsUnknownType(detail) => (FailureReason.NotSupported, told, null),
            StatusCode.PermissionDenied when maintenance => (FailureReason.MaintenanceMode, told, "in maintenance mode everybody is a reader: the node has no configuration yet"),
            StatusCode.PermissionDenied when detail.Contains("no request forwarding", StringComparison.OrdinalIgnoreCase) =>
                (FailureReason.NotSupported, told, "a worker does not pass calls on: use a control plane as endpoint"),
            StatusCode.PermissionDenied or StatusCode.Unauthenticated => (FailureReason.PermissionDenied, told, "the role in the client certificate is too low for the call"),
            StatusCode.FailedPrecondition => (FailureReason.NotYet, told, "try again later"),
            StatusCode.AlreadyExists => (FailureReason.AlreadyDone, told, null),
            StatusCode.NotFound => (FailureReason.NotFound, told, null),
            StatusCode.InvalidArgument or StatusCode.OutOfRange => (FailureReason.Rejected, told, null),
            // What cannot even be parsed comes back without a code of its own.
            StatusCode.Unknown when call == "ApplyConfiguration" => (FailureReason.Rejected, told, null),
            _ => (FailureReason.Unknown, told, null),
        };
    }

    private static bool IsTransport(Exception cause) => cause is IOException or HttpRequestException or TimeoutException;

    private static bool IsUnknownType(string detail) =>
        detail.Contains("not supported", StringComparison.OrdinalIgnoreCase) || detail.Contains("not registered", StringComparison.OrdinalIgnoreCase);

    /// <summary>gRPC keeps what it ran into beside the chain of inner exceptions.</summary>
    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null;)
        {
            yield return cause;
            cause = cause is RpcException { Status.DebugException: { } debug } ? debug : cause.InnerException;
        }
    }
}

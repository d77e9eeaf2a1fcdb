using Grpc.Core;
using Slipway.Core.Failures;
using Slipway.Talos.Connections;
using Slipway.Talos.Tls;

namespace Slipway.Tests.Talos.Connections;

public sealed class RpcFailuresTests
{
    private static readonly TalosTarget Target = new() { Name = "cp-1", Host = "10.0.0.11" };

    [Theory]
    [InlineData(StatusCode.Unimplemented, "/machine.MachineService/Bootstrap", true, "", FailureReason.MaintenanceMode)]
    [InlineData(StatusCode.Unimplemented, "/machine.MachineService/Kubeconfig", false, "", FailureReason.NotSupported)]
    [InlineData(StatusCode.Unimplemented, "/machine.LifecycleService/Upgrade", false, "", FailureReason.NotSupported)]
    [InlineData(StatusCode.PermissionDenied, "/cosi.resource.State/Get", false, "resource type is not supported", FailureReason.NotSupported)]
    [InlineData(StatusCode.PermissionDenied, "/cosi.resource.State/Get", false, "not authorized", FailureReason.PermissionDenied)]
    [InlineData(StatusCode.PermissionDenied, "/machine.MachineService/Reboot", true, "not authorized", FailureReason.MaintenanceMode)]
    [InlineData(StatusCode.PermissionDenied, "/machine.MachineService/Version", false, "no request forwarding", FailureReason.NotSupported)]
    [InlineData(StatusCode.DeadlineExceeded, "/machine.MachineService/Version", false, "", FailureReason.TimedOut)]
    [InlineData(StatusCode.Unknown, "/machine.MachineService/ApplyConfiguration", true, "failed to parse config", FailureReason.Rejected)]
    [InlineData(StatusCode.Unknown, "/machine.MachineService/Version", false, "boom", FailureReason.Unknown)]
    [InlineData(StatusCode.NotFound, "/machine.MachineService/Read", false, "no such file", FailureReason.NotFound)]
    public void The_same_status_means_what_the_call_and_the_mode_make_of_it(
        StatusCode code, string method, bool maintenance, string detail, FailureReason reason)
    {
        var error = RpcFailures.Map(new RpcException(new Status(code, detail)), method, Target, maintenance);

        Assert.Equal(reason, error.Reason);
        Assert.StartsWith($"cp-1 (10.0.0.11:50000): {method[(method.LastIndexOf('/') + 1)..]} failed: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_TLS_reason_has_a_hint()
    {
        foreach (var failure in Enum.GetValues<TlsFailure>())
        {
            var cause = new HttpRequestException("connection failed", new TlsFailedException(failure, "what was found"));

            var error = RpcFailures.Map(
                new RpcException(new Status(StatusCode.Unavailable, "Error starting gRPC call.", cause)), "/machine.MachineService/Version", Target, maintenance: false);

            Assert.Equal("what was found", error.Found);
            Assert.NotNull(error.Hint);
            Assert.Equal(failure, RpcFailures.TlsReason(error));
        }
    }

    [Fact]
    public void What_broke_the_connection_is_told_when_HTTP_lost_it()
    {
        var lost = new RpcException(new Status(StatusCode.Unavailable, "", new HttpRequestException("vague")));

        var error = RpcFailures.Map(
            lost, "/machine.MachineService/Version", Target, maintenance: false, new TlsFailedException(TlsFailure.RefusedByPeer, "the peer refuses our certificate"));

        Assert.Equal(FailureReason.PermissionDenied, error.Reason);
    }

    [Fact]
    public void An_address_of_IPv6_stands_in_brackets() =>
        Assert.Equal("w-1 (fd00::21 through [fd00::1]:50000)", new TalosTarget { Name = "w-1", Host = "fd00::1", Node = "fd00::21" }.ToString());
}

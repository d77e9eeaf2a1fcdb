using Slipway.Cli;
using Slipway.Core.Failures;

namespace Slipway.Tests.Cli;

public sealed class ExitCodesTests
{
    [Theory]
    [InlineData(FailureReason.BadInput, 3)]
    [InlineData(FailureReason.Preflight, 4)]
    [InlineData(FailureReason.Unreachable, 5)]
    [InlineData(FailureReason.UntrustedPeer, 5)]
    [InlineData(FailureReason.PermissionDenied, 5)]
    [InlineData(FailureReason.TimedOut, 6)]
    [InlineData(FailureReason.Unsafe, 7)]
    [InlineData(FailureReason.WrongNode, 7)]
    [InlineData(FailureReason.Interrupted, 130)]
    [InlineData(FailureReason.Helm, 1)]
    public void Each_reason_has_the_exit_code_that_scripts_rely_on(FailureReason reason, int code) =>
        Assert.Equal(code, ExitCodes.For(reason));

    [Fact]
    public void No_failure_ends_as_a_success_or_as_pending_changes() =>
        Assert.All(Enum.GetValues<FailureReason>(), reason => Assert.DoesNotContain(ExitCodes.For(reason), new[] { ExitCodes.Ok, ExitCodes.ChangesPending }));
}

using System.Net;
using Slipway.Core.Failures;
using Slipway.Kubernetes;

namespace Slipway.Tests.Kubernetes;

public sealed class ApiErrorsTests
{
    [Theory]
    [InlineData(401, FailureReason.PermissionDenied)]
    [InlineData(403, FailureReason.PermissionDenied)]
    [InlineData(404, FailureReason.NotFound)]
    [InlineData(400, FailureReason.Rejected)]
    [InlineData(422, FailureReason.Rejected)]
    [InlineData(500, FailureReason.Kubernetes)]
    [InlineData(503, FailureReason.Kubernetes)]
    public void Each_status_has_its_reason(int status, FailureReason reason) =>
        Assert.Equal(reason, ApiErrors.From(new ApiAnswer((HttpStatusCode)status, "x"), "reading").Reason);

    [Fact]
    public void The_servers_message_and_its_causes_are_told()
    {
        const string body = """{"kind":"Status","reason":"Invalid","message":"it is invalid","details":{"causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.x"}]}}""";

        var error = ApiErrors.From(new ApiAnswer(HttpStatusCode.UnprocessableEntity, body), "applying A/b");

        Assert.Equal("applying A/b: the Kubernetes API answered 422 Invalid: it is invalid (spec.x: Required value)", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[1]")]
    [InlineData("""{"kind":"Status","details":{"causes":"no list"}}""")]
    [InlineData("""{"kind":"Status","message":{"no":"text"}}""")]
    public void A_body_that_is_no_proper_Status_does_no_harm(string body) =>
        Assert.Contains("503", ApiErrors.From(new ApiAnswer(HttpStatusCode.ServiceUnavailable, body), "reading").Message, StringComparison.Ordinal);
}

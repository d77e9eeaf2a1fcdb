using System.Security.Authentication;
using System.Text.Json.Nodes;
using Slipway.Core.Failures;

namespace Slipway.Kubernetes;

/// <summary>Turns what went wrong with a call into words for an operator: the server's own Status message, with its causes.</summary>
internal static class ApiErrors
{
    public static SlipwayException NoAnswer(Uri server, string call, Exception error)
    {
        if (error is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException refused })
        {
            return new SlipwayException(FailureReason.UntrustedPeer, $"the Kubernetes API at {server} is not the one of this kubeconfig: {refused.Message}", error)
            {
                Expected = "a certificate of the kubeconfig's CA that is valid for this address",
                Hint = "is another cluster at this address, or a proxy in between?",
            };
        }

        return new SlipwayException(FailureReason.Unreachable, $"the Kubernetes API at {server} does not answer {call}: {Innermost(error)}", error)
        {
            Expected = "an answer from the Kubernetes API",
            Found = Innermost(error),
            Hint = "is a control-plane node up, and the endpoint pointing at it?",
        };
    }

    public static SlipwayException TimedOut(Uri server, string call, TimeSpan deadline) =>
        new(FailureReason.TimedOut, $"the Kubernetes API at {server} did not answer {call} within {deadline.TotalSeconds:0} s")
        {
            Expected = "an answer from the Kubernetes API",
            Found = "none",
            Hint = "is a control-plane node up, and the endpoint pointing at it?",
        };

    /// <param name="what">What was being done, such as <c>applying CiliumNetworkPolicy/ns/name</c>.</param>
    public static SlipwayException From(ApiAnswer answer, string what)
    {
        var (reason, hint) = (int)answer.Status switch
        {
            401 => (FailureReason.PermissionDenied, "the kubeconfig's certificate is not accepted: expired, or of another cluster"),
            403 => (FailureReason.PermissionDenied, null),
            404 => (FailureReason.NotFound, null),
            400 or 422 or 415 or 413 => (FailureReason.Rejected, null),
            _ => (FailureReason.Kubernetes, (string?)null),
        };
        return new SlipwayException(reason, $"{what}: the Kubernetes API answered {(int)answer.Status} {Reason(answer)}: {Message(answer)}") { Hint = hint };
    }

    /// <summary>The Status object's message and causes, or the body's beginning when it is no Status.</summary>
    public static string Message(ApiAnswer answer)
    {
        if (answer.Json() is not { } status || (string?)status["kind"] != "Status")
        {
            var text = answer.Body.Trim();
            return text.Length > 400 ? $"{text[..400]}…" : text.Length > 0 ? text : "no message";
        }

        var message = Text(status["message"]) is { Length: > 0 } told ? told : "no message";
        var causes = Causes(status).Select(cause => cause.Field is { Length: > 0 } field ? $"{field}: {cause.Message}" : cause.Message).Where(cause => !message.Contains(cause, StringComparison.Ordinal)).ToList();
        return causes.Count > 0 ? $"{message} ({string.Join("; ", causes)})" : message;
    }

    public static IEnumerable<(string Reason, string Message, string Field)> Causes(JsonObject status) =>
        (status["details"]?["causes"] as JsonArray ?? []).OfType<JsonObject>().Select(cause => (Text(cause["reason"]), Text(cause["message"]), Text(cause["field"])));

    private static string Reason(ApiAnswer answer) => Text(answer.Json()?["reason"]) is { Length: > 0 } reason ? reason : $"{answer.Status}";

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error.Message;
    }
}

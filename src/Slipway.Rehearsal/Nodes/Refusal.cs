namespace Slipway.Rehearsal.Nodes;

/// <summary>Why a node does not do what it is asked; the numbers are those of gRPC.</summary>
internal enum RefusalCode
{
    Unknown = 2,
    InvalidArgument = 3,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    FailedPrecondition = 9,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
}

/// <summary>A node's refusal of a call.</summary>
internal sealed class Refusal(RefusalCode code, string text) : Exception(text)
{
    public RefusalCode Code { get; } = code;

    public static Refusal NotServed(string text) => new(RefusalCode.Unimplemented, text);

    public static Refusal NotAuthorized() => new(RefusalCode.PermissionDenied, "not authorized");

    public static Refusal NotNow(string text) => new(RefusalCode.FailedPrecondition, text);
}

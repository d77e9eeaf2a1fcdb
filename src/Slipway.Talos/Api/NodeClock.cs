namespace Slipway.Talos.Api;

/// <param name="Server">The NTP server that was asked.</param>
public sealed record NodeClock(string Server, DateTimeOffset Local, DateTimeOffset Reference);

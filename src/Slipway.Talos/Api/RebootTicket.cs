namespace Slipway.Talos.Api;

/// <summary>What is needed to see that a reboot happened.</summary>
/// <param name="ActorId">Marks the events that the call causes.</param>
/// <param name="BootIdBefore">Null when the node did not tell.</param>
public sealed record RebootTicket(string ActorId, string? BootIdBefore);

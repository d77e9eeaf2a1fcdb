namespace Slipway.Agent.Configuration;

/// <summary>A key of an object and its value; the place is the key's.</summary>
internal sealed record JsonMember(string Name, int Line, int Column, JsonPlace Value);

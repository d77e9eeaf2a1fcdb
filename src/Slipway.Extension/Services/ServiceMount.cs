namespace Slipway.Extension.Services;

/// <summary>One mount as the OCI runtime specification has it.</summary>
public sealed record ServiceMount(string Source, string Destination, string Type, IReadOnlyList<string> Options);

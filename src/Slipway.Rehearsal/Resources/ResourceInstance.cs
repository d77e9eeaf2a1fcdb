namespace Slipway.Rehearsal.Resources;

/// <summary>What a resource says, without the bookkeeping.</summary>
/// <param name="Yaml">The spec as YAML.</param>
/// <param name="Proto">The spec as protobuf, where clients read that; empty elsewhere.</param>
internal sealed record ResourceBody(string Id, string Yaml, byte[]? Proto = null);

/// <summary>A resource as it is given out.</summary>
/// <param name="Version">Counts from 1 with each change.</param>
internal sealed record ResourceInstance(ResourceType Type, ResourceBody Body, int Version, DateTimeOffset Created, DateTimeOffset Updated);

internal enum ResourceChangeKind
{
    Created = 0,
    Updated = 1,
    Destroyed = 2,
}

internal sealed record ResourceChange(ResourceChangeKind Kind, ResourceInstance Resource, ResourceInstance? Old);

namespace Slipway.Rehearsal.Kubernetes.Writing;

internal enum PatchKind
{
    /// <summary>application/json-patch+json, RFC 6902.</summary>
    Json,

    /// <summary>application/merge-patch+json, RFC 7396.</summary>
    Merge,

    /// <summary>application/strategic-merge-patch+json, built-in kinds only.</summary>
    Strategic,

    /// <summary>application/apply-patch+yaml, with a JSON body as all clients send.</summary>
    Apply,
}

using Slipway.Rehearsal.Kubernetes.Schemas;

namespace Slipway.Rehearsal.Kubernetes.Resources;

/// <summary>One kind in one version as the API serves it: a row of the table in <see cref="BuiltInResources"/>, or a version of a CRD.</summary>
internal sealed record ResourceType(string Group, string Version, string Plural, string Kind, bool Namespaced)
{
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public string ListKind { get; init; } = Kind + "List";

    public bool HasStatus { get; init; }

    public IReadOnlyList<string> Verbs { get; init; } = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>A question that is answered and not stored, such as SelfSubjectAccessReview.</summary>
    public bool IsReview => Verbs is ["create"];

    /// <summary>What is known of the fields: <see cref="SchemaNode.Anything"/> checks and prunes nothing.</summary>
    public SchemaNode Schema { get; init; } = SchemaNode.Anything;

    /// <summary>Columns from a CRD; null for a built-in kind, whose columns are code.</summary>
    public IReadOnlyList<PrinterColumn>? Columns { get; init; }

    public bool IsCustom { get; init; }

    /// <summary><c>v1</c>, <c>apps/v1</c></summary>
    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>pods</c>, <c>deployments.apps</c>: the words of error messages.</summary>
    public string GroupResource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Versions of one resource share their objects.</summary>
    public string StorageKey => GroupResource;
}

namespace Slipway.Core.MachineConfig.Schema;

/// <summary>
/// How Talos' merge (pkg/machinery/config/merge/merge.go) treats a value. The merge works on decoded Go structs, where an
/// absent field and a zero one are the same, so what a patch can say depends on the Go type.
/// </summary>
internal enum MergeForm
{
    /// <summary>Empty text never overrides.</summary>
    Text,

    /// <summary>Zero never overrides.</summary>
    Integer,

    /// <summary>A number that may be written in other ways, such as a size with a unit. Zero never overrides.</summary>
    Amount,

    /// <summary>A duration of no length never overrides.</summary>
    Duration,

    /// <summary>Always overrides, also when absent: an absent boolean is false.</summary>
    Boolean,

    /// <summary>The enumeration's first name is zero and never overrides.</summary>
    Enumeration,

    /// <summary>Bytes given as text; replaced when given at all.</summary>
    Bytes,

    /// <summary>Merged by the parts of a URL: what the patch's URL does not have stays.</summary>
    Url,

    /// <summary>Always overrides, also when absent: sizes and CEL expressions have such a Merge method.</summary>
    Always,

    /// <summary>Cannot be merged with another: Talos reports an error when both sides have one.</summary>
    Fixed,

    /// <summary>Anything; two sides must be of one type.</summary>
    Any,

    /// <summary>Key by key.</summary>
    Map,

    /// <summary>The right side's elements come after the left side's, equal or not.</summary>
    List,

    /// <summary>Elements with equal keys are merged, others appended.</summary>
    KeyedMerge,

    /// <summary>Elements with equal keys are replaced, others appended.</summary>
    KeyedSwap,

    /// <summary>Extra arguments: replaced key by key, whole.</summary>
    Arguments,

    /// <summary>Certificate and key in base64: an absent one decodes to empty bytes, which replace.</summary>
    Pem,

    /// <summary>Field by field.</summary>
    Struct,

    /// <summary>Not in the table: maps by key, lists append, other values replace.</summary>
    Unknown,
}

namespace Slipway.Core.Cilium;

/// <summary>What a chart value may be; JSON Schema's words, as a set.</summary>
[Flags]
internal enum ValueKinds
{
    None = 0,
    Text = 1,
    Integer = 2,
    Number = 4,
    Boolean = 8,
    List = 16,
    Map = 32,
    Null = 64,

    /// <summary>The chart reads the value and says nothing about its type.</summary>
    Any = 128,

    /// <summary>A map that passes whatever it holds to a Kubernetes object: annotations, affinity, resources.</summary>
    OpenMap = 256,
}

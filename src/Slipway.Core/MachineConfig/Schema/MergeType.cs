namespace Slipway.Core.MachineConfig.Schema;

/// <summary>The type of one field, as far as merging asks.</summary>
internal sealed record MergeType(MergeForm Form)
{
    public static MergeType Unknown { get; } = new(MergeForm.Unknown);

    public static MergeType Any { get; } = new(MergeForm.Any);

    /// <summary>Behind a pointer: absent differs from zero, and a zero that is there overrides.</summary>
    public bool Pointer { get; init; }

    /// <summary>Tagged replace: the right side, when there, takes the left side's place.</summary>
    public bool Replace { get; init; }

    /// <summary>The type of the values of a map or the elements of a list.</summary>
    public MergeType Of { get => field ?? Unknown; init; }

    /// <summary>Keys of a keyed list in the order in which they are tried; fields of a certificate.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What an enumeration's zero is called.</summary>
    public string Zero { get; init; } = "";

    public MergeStruct? Struct { get; init; }
}

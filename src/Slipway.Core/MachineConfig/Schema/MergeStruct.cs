namespace Slipway.Core.MachineConfig.Schema;

/// <summary>A struct of Talos' configuration: its fields by their YAML names.</summary>
internal sealed class MergeStruct(string name)
{
    private readonly Dictionary<string, MergeType> _fields = new(StringComparer.Ordinal);
    private List<(string, MergeType)>? _losing;

    public string Name { get; } = name;

    public IReadOnlyDictionary<string, MergeType> Fields => _fields;

    /// <summary>Fields that a patch of this struct changes although it does not name them.</summary>
    public IReadOnlyList<(string Name, MergeType Type)> Losing => _losing ??= [.. _fields.Where(pair => Loses(pair.Value)).Select(pair => (pair.Key, pair.Value))];

    public void Add(string field, MergeType type) => _fields[field] = type;

    private static bool Loses(MergeType type) => !type.Pointer && type.Form switch
    {
        MergeForm.Boolean or MergeForm.Always => true,
        MergeForm.Struct => type.Struct!.Losing.Count > 0,
        _ => false,
    };
}

using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Loading;

/// <summary>Programs and maps that are in the kernel as long as this holds them, or a pin or link does.</summary>
internal sealed class LoadedFilter(IReadOnlyDictionary<string, BpfHandle> programs, IReadOnlyDictionary<string, BpfHandle> maps) : IDisposable
{
    /// <summary>By their names in the object.</summary>
    public IReadOnlyDictionary<string, BpfHandle> Programs { get; } = programs;

    /// <summary>By their names in the object.</summary>
    public IReadOnlyDictionary<string, BpfHandle> Maps { get; } = maps;

    public BpfHandle Program(ProgramVariant variant) => Programs[ProgramNames.Of(variant)];

    public void Dispose()
    {
        foreach (var handle in Programs.Values.Concat(Maps.Values))
        {
            handle.Dispose();
        }
    }
}

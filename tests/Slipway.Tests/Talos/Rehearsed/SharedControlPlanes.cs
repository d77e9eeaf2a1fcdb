using System.Collections.Concurrent;

namespace Slipway.Tests.Talos.Rehearsed;

/// <summary>One running control plane a Talos version, started by the first test that asks; for tests that leave it as it was.</summary>
public sealed class SharedControlPlanes : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ControlPlane>>> _planes = new(StringComparer.Ordinal);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    internal Task<ControlPlane> Of(string talos) => _planes.GetOrAdd(talos, version => new(() => ControlPlane.RunningAsync(version))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var plane in _planes.Values)
        {
            await (await plane.Value).DisposeAsync();
        }
    }
}

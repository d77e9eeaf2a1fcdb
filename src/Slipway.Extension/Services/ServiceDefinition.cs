namespace Slipway.Extension.Services;

/// <summary>How Talos runs a container of an extension (Talos: <c>pkg/machinery/extensions/services</c>).</summary>
public sealed record ServiceDefinition
{
    /// <summary>Without the prefix <c>ext-</c> of the Talos service.</summary>
    public required string Name { get; init; }

    /// <summary>Relative to <c>/usr/local/lib/containers/NAME</c>.</summary>
    public required string Entrypoint { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary><c>KEY=value</c></summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    public IReadOnlyList<ServiceMount> Mounts { get; init; } = [];

    public bool WriteableRootfs { get; init; }

    public bool WriteableSysfs { get; init; }

    /// <summary>Null leaves the container runtime's own list.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <inheritdoc cref="MaskedPaths"/>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    /// <summary>Talos services that have to run first.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Paths that have to exist first.</summary>
    public IReadOnlyList<string> AfterPaths { get; init; } = [];

    /// <summary><c>always</c>, <c>never</c> or <c>untilSuccess</c>.</summary>
    public required string Restart { get; init; }
}

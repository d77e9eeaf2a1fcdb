namespace Slipway.Kernel.Tests.Machine;

/// <summary>Tests that measure run when no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

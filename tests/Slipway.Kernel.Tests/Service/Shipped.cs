namespace Slipway.Kernel.Tests.Service;

/// <summary>Tests of what ships: built once for all of them.</summary>
[CollectionDefinition(nameof(Shipped))]
public sealed class Shipped : ICollectionFixture<ShippedExtension>;

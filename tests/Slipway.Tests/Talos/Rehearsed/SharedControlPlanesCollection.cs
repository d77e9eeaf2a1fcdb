namespace Slipway.Tests.Talos.Rehearsed;

/// <summary>Its tests run one after the other, on the same nodes.</summary>
[CollectionDefinition(Name)]
public sealed class SharedControlPlanesCollection : ICollectionFixture<SharedControlPlanes>
{
    public const string Name = "shared control planes";
}

namespace HotspotInference.PublicApi.Tests;

/// <summary>The tests that share one set of packages.</summary>
[CollectionDefinition(nameof(PackedCollection))]
public sealed class PackedCollection : ICollectionFixture<Packed>;

namespace HotspotInference.PublicApi.Tests;

/// <summary>The tests that share one set of packages.</summary>
[CollectionDefinition(nameof(SharedPackages))]
public sealed class SharedPackages : ICollectionFixture<Packed>;

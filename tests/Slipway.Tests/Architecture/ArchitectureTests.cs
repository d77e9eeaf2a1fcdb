namespace Slipway.Tests.Architecture;

public sealed class ArchitectureTests
{
    private const int LongestFile = 400;

    private static readonly string Sources = Path.Combine(SourceTree.Root, "src");

    [Fact]
    public void Projects_reference_each_other_along_the_arrows_only()
    {
        var references = SourceTree.References(Sources);

        Assert.Contains("Slipway.Cli", references.Keys);
        Assert.Empty(ProjectArrows.Violations(references));
    }

    [Theory]
    [InlineData("Slipway.Core", "Slipway.Engine")]
    [InlineData("Slipway.Engine", "Slipway.Talos")]
    [InlineData("Slipway.Kubernetes", "Slipway.Talos")]
    [InlineData("Slipway.Agent", "Slipway.Core")]
    [InlineData("Slipway.Newcomer", "Slipway.Core")]
    public void A_reference_against_the_arrows_is_found(string project, string target)
    {
        var references = new Dictionary<string, IReadOnlyList<string>> { [project] = [target] };

        Assert.Contains(project, Assert.Single(ProjectArrows.Violations(references)));
    }

    [Fact]
    public void No_source_file_is_longer_than_anyone_wants_to_open_on_a_bad_day()
    {
        var files = SourceTree.Files(Sources).ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => File.ReadLines(Path.Combine(Sources, file)).Count() > LongestFile);
    }

    [Fact]
    public void Core_depends_on_the_yaml_parser_and_on_nothing_else()
    {
        var project = System.Xml.Linq.XDocument.Load(Path.Combine(Sources, "Slipway.Core", "Slipway.Core.csproj"));

        var packages = project.Descendants("PackageReference")
            .Where(package => (string?)package.Attribute("PrivateAssets") != "all")
            .Select(package => (string)package.Attribute("Include")!);

        Assert.Equal(["YamlDotNet"], packages);
    }
}

using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Tests.Architecture;

namespace Slipway.Tests.MachineConfig.Rendering;

public sealed class TalosPatchesTests
{
    [Fact]
    public void Every_file_in_the_folder_is_in_the_program_and_can_be_read()
    {
        var folder = Path.Combine(SourceTree.Root, "talos-patches");
        var files = Directory.GetFiles(folder, "*.yaml").Select(file => $"talos-patches/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);
        Assert.Equal(files, TalosPatches.All.Select(patch => patch.File));
        Assert.All(TalosPatches.All, patch => Assert.EndsWith($"-{patch.Name}.yaml", patch.File, StringComparison.Ordinal));
        Assert.All(TalosPatches.All, patch => Assert.NotEmpty(patch.Variants));
    }

    [Fact]
    public void Every_file_tells_an_operator_what_why_where_since_by_whom_and_how_it_is_verified()
    {
        foreach (var patch in TalosPatches.All)
        {
            var text = File.ReadAllText(Path.Combine(SourceTree.Root, patch.File));
            Assert.All(["# What ", "# Why ", "# Where ", "# Since ", "# Source ", "# Verified "], head => Assert.Contains("\n" + head, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_style_that_there_is_is_told_in_every_file_and_no_document_stands_twice_in_one_variant()
    {
        foreach (var patch in TalosPatches.All)
        {
            // What had a document from the first Talos on, or has none to this day, has one style only.
            Assert.Equal(patch.DocumentsSince is null || patch.DocumentsSince.IsAtLeast(1, 11), patch.Variants.Any(variant => variant.When["style"] is ["classic"]));
            Assert.Equal(patch.DocumentsSince is not null, patch.Variants.Any(variant => variant.When["style"] is ["documents"]));
            Assert.All(patch.Variants, variant => Assert.Equal(
                variant.Patch.Count,
                variant.Patch.Select(document => (document.Find("kind").Text(), document.Find("name").Text())).Distinct().Count()));
        }
    }

    [Theory]
    [InlineData("slipway: {name: x, documents: {since: '1.14'}}\n")]
    [InlineData("slipway: {name: x}\n---\nwhen: {style: classic}\npatch: []\n")]
    [InlineData("slipway: {name: x, documents: {since: '1.14'}}\n---\nwhen: {styel: classic}\npatch: []\n")]
    [InlineData("slipway: {name: x, documents: {since: '1.14'}}\n---\npatch: []\n")]
    public void A_file_in_another_form_is_a_defect_that_names_the_file(string text) =>
        Assert.StartsWith("talos-patches/99-x.yaml: ", Assert.Throws<InvalidOperationException>(() => TalosPatchReader.Read("talos-patches/99-x.yaml", text)).Message, StringComparison.Ordinal);
}

namespace Slipway.Tests.MachineConfig;

/// <summary>What Talos answers to the same patches.</summary>
public sealed class TalosVectorTests
{
    [Fact]
    public void Strategic_and_JSON_patches_mixed_give_what_Talos_gives() => Same(
        "apply",
        Patched.Apply(
            Read("apply", "config"),
            Read("apply", "strategic1"),
            Read("apply", "jsonpatch1"),
            Read("apply", "jsonpatch2"),
            Read("apply", "strategic2"),
            Read("apply", "strategic3")));

    [Fact]
    public void Blank_lines_before_an_inline_manifest_are_dropped() => Assert.Equal(
        Decoded.Config(Read("apply", "expected_manifests")),
        Decoded.Config(Patched.Apply(Read("apply", "config"), Read("apply", "strategic4"))));

    [Fact]
    public void Documents_are_patched_each_by_itself() => Same(
        "multidoc",
        Patched.Apply(Read("multidoc", "config"), Read("multidoc", "strategic1"), Read("multidoc", "strategic2"), Read("multidoc", "strategic3")));

    [Fact]
    public void A_JSON_patch_on_several_documents_is_refused()
    {
        var error = Patched.Error(Read("multidoc", "config"), Read("multidoc", "jsonpatch"));
        Assert.Equal("patch1.yaml", error.File);
        Assert.Contains("several documents", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_policy_is_replaced_and_not_merged() =>
        Same("auditpolicy", Patched.Apply(Read("auditpolicy", "config"), Read("auditpolicy", "patch1")));

    [Fact]
    public void Left_and_right_give_expected_in_every_strategic_case()
    {
        var cases = TalosVectors.Folders("strategic");
        Assert.NotEmpty(cases);
        Assert.All(cases, name => Assert.Equal(
            Decoded.Config(TalosVectors.Read("strategic", name, "expected.yaml")),
            Decoded.Config(Patched.Apply(TalosVectors.Read("strategic", name, "left.yaml"), TalosVectors.Read("strategic", name, "right.yaml")))));
    }

    private static string Read(string folder, string file) => TalosVectors.Read("patching", folder, file + ".yaml");

    private static void Same(string folder, string patched) => Assert.Equal(Decoded.Config(Read(folder, "expected")), Decoded.Config(patched));
}

using Slipway.Fuzz.Patching;

namespace Slipway.Tests.Fuzz;

/// <summary>A bounded part of what tests/Slipway.Fuzz does for as long as one likes.</summary>
public sealed class PatchFuzzTests
{
    private const int Inputs = 1_500;

    [Theory]
    [InlineData(1)]
    [InlineData(2026)]
    public void Damaged_configs_and_patches_break_none_of_the_laws(int seed)
    {
        var fuzzer = new PatchFuzzer(seed, []);
        for (var number = 0; number < Inputs; number++)
        {
            var input = fuzzer.Next();
            try
            {
                fuzzer.Try(input);
            }
            catch (Exception error)
            {
                Assert.Fail($"input {number} of seed {seed}: {error}\n===\n{input}");
            }
        }

        // Else the mutations would have gone so far that nothing reached the engine.
        Assert.True(fuzzer.Outcomes > 50, $"only {fuzzer.Outcomes} kinds of outcome");
    }

    [Theory]
    [InlineData("machine:\n y*machine:\n :\n yE:", "")]
    [InlineData("machine:\n !8*+++D+", "")]
    [InlineData("machine: {!x sysctls: !y {a: b}}", "")]
    [InlineData("{apiVersion: v1alpha1, kind: A, name:,g0, timeout: 3m0s}", "{apiVersion: v1alpha1, kind: A, name: ~, g0: 1}")]
    [InlineData("machine: {type: worker}", "machine: {$patch: delete}")]
    [InlineData("machine: {sysctls: {a: b}}", "machine: {sysctls: {: c}}")]
    [InlineData("machine: {sysctls: {a: b}}", "[{\"op\": \"add\", \"path\": \"/machine/sysctls/x\", \"value\": \"\\ufffd\\u0000\"}]")]
    [InlineData("machine: {sysctls: {a: b}}", "[{\"op\": \"move\", \"from\": \"/machine/sysctls\", \"path\": \"/machine/sys\ufffds\"}]")]
    public void What_fuzzing_found_once_breaks_no_law_any_more(string config, string patch) => PatchLaws.Check(new PatchInput(config, patch));

    [Fact]
    public void Every_seed_reaches_the_engine_whole()
    {
        foreach (var config in Seeds.Configs)
        {
            Assert.StartsWith("patch: ok", PatchLaws.Check(new PatchInput(config, "")), StringComparison.Ordinal);
        }

        Assert.All(Seeds.Patches, patch => Assert.Contains(Seeds.Configs, config => PatchLaws.Check(new PatchInput(config, patch)).StartsWith("patch: ok", StringComparison.Ordinal)));
    }
}

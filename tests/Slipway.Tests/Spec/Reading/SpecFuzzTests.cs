using CsCheck;
using Slipway.Core.Diagnostics;
using Slipway.Core.Spec;

namespace Slipway.Tests.Spec.Reading;

public sealed class SpecFuzzTests
{
    /// <summary>Texts near a good one reach further into the reader than noise does.</summary>
    [Fact]
    public void Any_small_damage_gives_a_spec_or_errors_with_a_place() =>
        Gen.Select(Gen.Int[0, GoodSpecs.Complete.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["ab0 :-[]{}&*!|>'\"%@#\n\t<~"], 0, 6]).Array[1, 3].Sample(
            edits =>
            {
                var text = GoodSpecs.Complete;
                foreach (var (at, removed, inserted) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    text = text[..start] + inserted + text[Math.Min(start + removed, text.Length)..];
                }

                var result = SpecReader.Read("cluster.yaml", text);
                return result.HasErrors == result.Spec is null && result.Findings.All(finding => finding is { Line: > 0, Column: > 0 } or { Severity: Severity.Warning });
            },
            iter: 2_000);

    [Fact]
    public void Findings_come_in_the_order_of_the_file()
    {
        var findings = SpecReader.Read("c", "zz: 1\nname: A\n" + GoodSpecs.Minimal[11..] + "\nqq: 2\n").Findings;

        Assert.Equal(["zz", "A", "qq"], findings.Select(finding => finding.Message.Split('\'')[1]));
    }
}

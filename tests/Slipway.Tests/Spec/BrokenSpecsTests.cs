using Slipway.Core.Diagnostics;
using Slipway.Core.Spec;

namespace Slipway.Tests.Spec;

public sealed class BrokenSpecsTests
{
    [Fact]
    public void Every_broken_spec_is_told_with_its_place()
    {
        var (failed, complaints) = (0, new List<string>());
        foreach (var broken in BrokenSpecs.All)
        {
            var result = SpecReader.Read("cluster.yaml", broken.Text);
            var errors = result.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
            failed += errors.Count > 0 ? 1 : 0;
            complaints.AddRange(Complaints(broken, result, errors));
        }

        Assert.Empty(complaints);
        Assert.True(failed >= 200, $"only {failed} of {BrokenSpecs.All.Count} files were refused");
    }

    [Fact]
    public void The_corpus_has_no_two_files_of_one_name() =>
        Assert.Equal(BrokenSpecs.All.Count, BrokenSpecs.All.Select(broken => broken.Name).Distinct().Count());

    private static IEnumerable<string> Complaints(BrokenSpec broken, SpecResult result, List<Diagnostic> errors)
    {
        if (result.Spec is null != errors.Count > 0)
        {
            yield return $"{broken}: a spec and errors, or neither";
        }

        if (broken.MustFail && errors.Count == 0)
        {
            yield return $"{broken}: was read";
        }

        if (errors.Any(error => error.Line < 1 || error.Column < 1))
        {
            yield return $"{broken}: no place in {errors.First(error => error.Line < 1 || error.Column < 1)}";
        }

        if (result.Findings.FirstOrDefault(finding => finding.ToString() is var text && (text.Length > 2000 || text.Any(char.IsControl))) is { } unfit)
        {
            yield return $"{broken}: not fit for a terminal: {unfit.ToString().Length} characters";
        }
    }
}

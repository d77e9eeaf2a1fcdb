using Slipway.Cli;
using Slipway.Tests.Spec;

namespace Slipway.EndToEnd.Tests;

/// <summary>Every file of the broken corpus through the command itself: exit code 3 with a place, never a stack trace.</summary>
public sealed class BrokenSpecsTests
{
    [Fact]
    public async Task Every_broken_spec_ends_validate_with_3_and_a_place()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-broken-");
        try
        {
            var path = Path.Combine(folder.FullName, "cluster.yaml");
            var complaints = new List<string>();
            var refused = 0;
            // A file in UTF-16 says so by its byte order mark, and whoever reads files reads it.
            foreach (var broken in BrokenSpecs.All.Where(spec => spec.MustFail && spec.Name != "UTF-16"))
            {
                await File.WriteAllBytesAsync(path, broken.Content, TestContext.Current.CancellationToken);
                var (code, error) = await ValidateAsync(folder.FullName);
                refused += code == ExitCodes.BadInput ? 1 : 0;
                if (code != ExitCodes.BadInput || !error.Contains("cluster.yaml:", StringComparison.Ordinal) || error.Contains("   at ", StringComparison.Ordinal))
                {
                    complaints.Add($"{broken.Name}: exit code {code}: {error}");
                }
            }

            Assert.Empty(complaints);
            Assert.True(refused >= 200, $"only {refused}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The whole program but for its process: parsing, command, output and exit code.</summary>
    private static async Task<(int Code, string Error)> ValidateAsync(string folder)
    {
        using var error = new StringWriter();
        var application = new CliApplication(new CliEnvironment
        {
            In = TextReader.Null,
            Out = TextWriter.Null,
            Error = error,
            WorkingFolder = folder,
            Variable = _ => null,
            Time = TimeProvider.System,
        });
        var code = await application.RunAsync(["validate", "-f", "cluster.yaml"], TestContext.Current.CancellationToken);
        return (code, error.ToString());
    }
}

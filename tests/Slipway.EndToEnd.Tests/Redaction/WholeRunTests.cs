namespace Slipway.EndToEnd.Tests.Redaction;

/// <summary>Everything that a run wrote is searched for every secret of its cluster; only the files that are meant to hold secrets may.</summary>
public sealed class WholeRunTests
{
    [Theory]
    [InlineData(0, "-o", "table", "--progress", "plain", "-v")]
    [InlineData(0, "-o", "json", "--progress", "json", "-v")]
    [InlineData(0, "-o", "yaml", "--progress", "plain")]
    [InlineData(5, "-o", "json", "--progress", "json", "-v", "--fault", "wrong-cert:w1")]
    [InlineData(6, "-o", "table", "--progress", "plain", "-v", "--fault", "never-back:w1")]
    [InlineData(5, "-o", "yaml", "--progress", "plain", "-v", "--fault", "cut-before:ApplyConfiguration@cp1x99")]
    public async Task No_secret_is_anywhere_but_where_it_belongs(int exitCode, params string[] args)
    {
        using var folder = new TemporaryFolder();
        var lab = folder.At("lab");
        var run = await SlipwayProcess.RunAsync(
            new SlipwayProcess.Start { Timeout = TimeSpan.FromMinutes(3) }, ["rehearse", "--control-planes", "1", "--workers", "1", "--dir", lab, .. args]);
        Assert.True(run.ExitCode == exitCode, run.Error);

        var files = Directory.GetFiles(lab, "*", SearchOption.AllDirectories);
        var holders = files.Where(HoldsSecrets).ToList();
        var secrets = holders.SelectMany(path => KnownSecrets.Of(File.ReadAllText(path))).ToHashSet(StringComparer.Ordinal);
        // Five keys, with their lines, and five tokens: a search for nothing would find nothing.
        Assert.True(secrets.Count > 30, $"only {secrets.Count} secrets are known");
        Assert.Contains(holders, path => Path.GetFileName(path) == "secrets.yaml");

        var wrote = files.Except(holders).Select(path => (Name: path, Text: File.ReadAllText(path)))
            .Append((Name: "standard output", Text: run.Out))
            .Append((Name: "standard error", Text: run.Error));
        var leaks = from file in wrote
                    from secret in secrets
                    where file.Text.Contains(secret, StringComparison.Ordinal)
                    select $"{file.Name} holds a secret that begins with {secret[..4]}";
        Assert.Empty(leaks);
        AssertPrivate(lab, holders);
    }

    private static bool HoldsSecrets(string path) =>
        Path.GetFileName(path) is "secrets.yaml" or "kubeconfig" or "talosconfig" || Path.GetFileName(Path.GetDirectoryName(path)) == "configs";

    /// <summary>Nobody but their owner can read them, nor look into the folders that they are in.</summary>
    private static void AssertPrivate(string lab, IEnumerable<string> holders)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var path in holders)
        {
            Assert.True(File.GetUnixFileMode(path) == OwnerFile, $"{path} is {File.GetUnixFileMode(path)}");
            for (var folder = Path.GetDirectoryName(path)!; folder.Length >= lab.Length; folder = Path.GetDirectoryName(folder)!)
            {
                Assert.True(File.GetUnixFileMode(folder) == (OwnerFile | UnixFileMode.UserExecute), $"{folder} is {File.GetUnixFileMode(folder)}");
            }
        }
    }
}

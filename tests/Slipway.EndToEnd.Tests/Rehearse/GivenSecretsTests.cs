namespace Slipway.EndToEnd.Tests.Rehearse;

/// <summary>A rehearsal with secrets that were made before it.</summary>
public sealed class GivenSecretsTests
{
    [Fact]
    public async Task The_machines_get_the_secrets_that_are_named_and_the_run_makes_none()
    {
        using var folder = new TemporaryFolder();

        var run = await RehearsedRun.SmallAsync("--dir", folder.At("lab"));

        run.AssertConverged();
        Assert.Equal(await ReadAsync(SharedSecrets.File), await ReadAsync(folder.At("lab/secrets.yaml")));
        var outcome = Assert.Single(run.Events, one => one.GetProperty("event").GetString() == "phase-finished" && one.GetProperty("phase").GetString() == Core.Planning.PhaseIds.Secrets);
        Assert.Equal("unchanged", outcome.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_holds_no_secrets_ends_it_with_3()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("notes.yaml"), "milk: 2\n", TestContext.Current.CancellationToken);

        var missing = await RehearsedRun.InMemoryAsync(folder.At("none.yaml"));
        var other = await RehearsedRun.InMemoryAsync(folder.At("notes.yaml"));

        Assert.Equal((3, 3), (missing.ExitCode, other.ExitCode));
        Assert.Contains("none.yaml", missing.Process.Error, StringComparison.Ordinal);
        Assert.Contains("notes.yaml", other.Process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_with_base_configs_has_its_secrets_already()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("cp.yaml"), "version: v1alpha1\nmachine: {type: controlplane}\ncluster: {controlPlane: {endpoint: https://10.0.0.10:6443}}\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            folder.At("cluster.yaml"),
            """
            name: prod
            endpoint: https://10.0.0.10:6443
            talos: {version: v1.13.9}
            kubernetes: {version: v1.34.1}
            configs: {controlPlane: cp.yaml}
            nodes: [{name: cp1, address: 10.0.0.11, role: controlplane, install: {disk: /dev/sda}}]
            """,
            TestContext.Current.CancellationToken);

        var run = await RehearsedRun.InMemoryAsync(SharedSecrets.File, "-f", folder.At("cluster.yaml"), "--dir", folder.At("lab"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("--secrets", run.Process.Error, StringComparison.Ordinal);
        // Else the same line without the mistake would be refused too, and keys would be left there.
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.At("lab")));
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
}

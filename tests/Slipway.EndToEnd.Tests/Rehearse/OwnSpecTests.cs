namespace Slipway.EndToEnd.Tests.Rehearse;

/// <summary>A spec that was written for real machines is rehearsed as it is: its names, patches and versions, on machines of this process.</summary>
public sealed class OwnSpecTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-own-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_users_own_spec_comes_up_under_its_own_names_and_leaves_nothing_beside_it()
    {
        await WriteAsync("labels.yaml", "machine: {nodeLabels: {rack: r7}}\n");
        await WriteAsync("cluster.yaml", """
            name: prod
            endpoint: https://10.0.0.10:6443
            talos: {version: v1.12.11}
            kubernetes: {version: v1.34.1}
            network: {operatorCIDRs: [192.0.2.0/24]}
            patches: {all: [labels.yaml]}
            nodes:
              - {name: fra-cp-1, address: 10.0.0.11, role: controlplane, install: {disk: /dev/sda}}
              - name: fra-val-1
                address: 10.0.0.21
                role: worker
                profile: agave
                install: {serial: S1}
                interface: {name: eth7, addresses: [10.0.0.21/24], gateway: 10.0.0.1}
            """);

        var run = await RehearseAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("fra-val-1", run.Out, StringComparison.Ordinal);
        Assert.Contains("v1.12.11", run.Out, StringComparison.Ordinal);
        Assert.Contains("A second run would change nothing.", run.Out, StringComparison.Ordinal);
        Assert.Equal(["cluster.yaml", "labels.yaml"], _folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mistake_in_a_patch_is_told_before_anything_is_started()
    {
        await WriteAsync("bad.yaml", "machine:\n  kubelet: [not, a, map]\n");
        await WriteAsync("cluster.yaml", """
            name: prod
            endpoint: https://10.0.0.10:6443
            talos: {version: v1.13.9}
            kubernetes: {version: v1.34.1}
            patches: {all: [bad.yaml]}
            nodes: [{name: cp1, address: 10.0.0.11, role: controlplane, install: {disk: /dev/sda}}]
            """);

        var run = await RehearseAsync();

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("bad.yaml:2:", run.Error, StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text, TestContext.Current.CancellationToken);

    private Task<SlipwayProcess> RehearseAsync() => SlipwayProcess.RunAsync(
        new SlipwayProcess.Start { Folder = _folder.FullName, Timeout = TimeSpan.FromMinutes(3) }, "rehearse", "-f", "cluster.yaml", "--progress", "plain");
}

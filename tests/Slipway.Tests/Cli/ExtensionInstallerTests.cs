using Slipway.Cli;
using Slipway.Tests.Extension;

namespace Slipway.Tests.Cli;

/// <summary>
/// Installers by an imager of the tests' own: a script that demands what Talos' imager demands of its input, and leaves an archive
/// that keeps what it was told. Talos' imager itself was not at hand.
/// </summary>
public sealed class ExtensionInstallerTests : IDisposable
{
    private const string Script = """
        #!/bin/sh
        set -e
        [ "$1" = "-" ] && [ "$2" = "--output" ] || { echo "usage: imager -"; exit 64; }
        cat > "$3/profile.yaml"
        grep -q '^baseProfileName: installer$' "$3/profile.yaml"
        layout=$(sed -n 's/.*ociPath: "\(.*\)"/\1/p' "$3/profile.yaml")
        [ -f "$layout/index.json" ] || { echo "error opening OCI layout: $layout"; exit 1; }
        echo "building installer..."
        cp "$layout/index.json" "$3/index.json"
        tar -C "$3" -cf "$3/metal-amd64-installer.tar" index.json profile.yaml

        """;

    private const string Spec = """
        name: prod
        endpoint: https://10.0.0.10:6443
        talos: {version: v1.13.9}
        kubernetes: {version: v1.33.5}
        network: {operatorCIDRs: [192.0.2.0/24]}
        profiles:
          agave: {installer: "registry.internal/installer-xdp:v1.13.9", kernelArgs: [iommu.passthrough=1]}
        xdp: {mode: observe}
        nodes:
          - {name: cp1, address: 10.0.0.11, role: controlplane, install: {disk: /dev/sda}}
          - {name: sol-1, address: 10.0.0.21, role: worker, install: {disk: /dev/sda}, profile: agave}
          - {name: sol-2, address: 10.0.0.22, role: worker, install: {disk: /dev/sda}, profile: agave}

        """;

    private readonly ScratchFolder _folder = new();

    public ExtensionInstallerTests()
    {
        File.WriteAllText(_folder["cluster.yaml"], Spec);
        File.WriteAllBytes(_folder["agent"], SampleParts.Content().Agent.ToArray());
        File.WriteAllBytes(_folder["filter.o"], SampleParts.Content().XdpObject.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_imager_makes_one_installer_for_the_nodes_that_share_it_of_the_extension_and_their_arguments()
    {
        await BuildAsync();
        var run = await RunAsync(Imager(Script));

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        var installer = Assert.Single(Directory.GetFiles(_folder["installers"]));
        Assert.Contains($"{installer}: Talos v1.13.9 for sol-1, sol-2, ", run.Out.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Contains("docker://registry.internal/installer-xdp:v1.13.9", run.Error.ReplaceLineEndings(""), StringComparison.Ordinal);
        var profile = await OtherProgram.RunAsync("tar", "-xOf", installer, "profile.yaml");
        Assert.Contains("    - \"iommu.passthrough=1\"\n", profile, StringComparison.Ordinal);
        Assert.Contains("    imageRef: ghcr.io/siderolabs/installer-base:v1.13.9\n", profile, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["installers.partial"]));
    }

    [Fact]
    public async Task One_that_is_sent_to_its_nodes_is_made_where_the_spec_names_it_and_is_for_one_kind_of_node()
    {
        await BuildAsync();
        File.WriteAllText(_folder["cluster.yaml"], Spec.Replace("installer: \"registry.internal/installer-xdp:v1.13.9\"", "installerArchive: sent/agave.tar", StringComparison.Ordinal));
        var run = await RunAsync(Imager(Script));

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        Assert.Contains("sends it to its nodes", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal([Path.Combine(_folder["sent"], "agave.tar")], Directory.GetFiles(_folder["sent"]));
        Assert.False(Directory.Exists(_folder["installers"]));

        File.WriteAllText(_folder["cluster.yaml"], File.ReadAllText(_folder["cluster.yaml"])
            .Replace("  agave: {installerArchive: sent/agave.tar, ", "  rpc: {installerArchive: sent/agave.tar}\n  agave: {installerArchive: sent/agave.tar, ", StringComparison.Ordinal)
            .Replace("{disk: /dev/sda}, profile: agave}\n  - {name: sol-2", "{disk: /dev/sda}, profile: rpc}\n  - {name: sol-2", StringComparison.Ordinal));
        var shared = await RunAsync(Imager(Script));

        Assert.Equal(ExitCodes.BadInput, shared.ExitCode);
        Assert.Contains("agave.tar cannot be for sol-1 and sol-2 alike", shared.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_imager_the_commands_are_printed_and_nothing_passes_for_made()
    {
        await BuildAsync();
        var run = await RunAsync(null);
        var print = await RunAsync(null, "--print");

        Assert.Equal((ExitCodes.Failure, ExitCodes.Ok), (run.ExitCode, print.ExitCode));
        Assert.Contains("there is no imager to run", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Out, print.Out);
        Assert.Contains("docker run --rm -i -v ", run.Out, StringComparison.Ordinal);
        Assert.Contains("ghcr.io/siderolabs/imager:v1.13.9 - <<'PROFILE'\nbaseProfileName: installer\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("    - ociPath: \"/extension0\"\n", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["installers"]));
    }

    [Theory]
    [InlineData("#!/bin/sh\ncat >/dev/null; echo 'pulling: no route to host'; exit 3\n", "ended with 3: pulling: no route to host")]
    [InlineData("#!/bin/sh\ncat >/dev/null\n", "left no installer")]
    [InlineData("#!/bin/sh\ncat > \"$3/x.tar\"\n", "left no installer")]
    public async Task An_imager_that_fails_or_leaves_nothing_is_no_success_and_harms_no_installer_that_was_there(string script, string said)
    {
        await BuildAsync();
        Directory.CreateDirectory(_folder["installers"]);
        File.WriteAllText(Path.Combine(_folder["installers"], "kept"), "");
        var run = await RunAsync(Imager(script));

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(said, run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal("kept", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder["installers"]))));
        Assert.False(Directory.Exists(_folder["installers.partial"]));
    }

    [Fact]
    public async Task An_extension_that_is_not_there_or_not_sound_is_bad_input()
    {
        Assert.Equal(ExitCodes.BadInput, (await RunAsync(Imager(Script))).ExitCode);
        File.WriteAllText(_folder["slipway-xdp.tar"], "no tar");
        Assert.Equal(ExitCodes.BadInput, (await RunAsync(Imager(Script))).ExitCode);
    }

    private string Imager(string script)
    {
        File.WriteAllText(_folder["imager"], script);
        File.SetUnixFileMode(_folder["imager"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return _folder["imager"];
    }

    private async Task BuildAsync() => Assert.Equal(ExitCodes.Ok, (await CliRun.Of(new Dictionary<string, string>(), _folder.Path, "", "extension", "build", "--agent", "agent", "--object", "filter.o")).ExitCode);

    private Task<CliRun> RunAsync(string? imager, params string[] more) => CliRun.Of(
        imager is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [Slipway.Cli.Installers.Imager.Variable] = imager },
        _folder.Path, "", ["extension", "installer", "-f", "cluster.yaml", .. more]);
}

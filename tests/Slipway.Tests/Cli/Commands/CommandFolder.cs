using Microsoft.Extensions.Time.Testing;
using Slipway.Core.Secrets;
using Slipway.Tests.Pki;

namespace Slipway.Tests.Cli.Commands;

/// <summary>A folder with a spec and its secrets, in which commands run at a time of the test's choice.</summary>
internal sealed class CommandFolder : IDisposable
{
    public const string Spec = """
        name: prod
        endpoint: https://10.0.0.10:6443
        talos: {version: v1.12.11}
        kubernetes: {version: v1.33.5}
        network: {operatorCIDRs: [192.0.2.0/24]}
        nodes:
          - {name: cp1, address: 10.0.0.11, role: controlplane, install: {serial: S1}}
          - {name: val-1, address: 10.0.0.21, role: worker, profile: agave, install: {serial: S2}}
          - {name: val-2, address: 10.0.0.22, role: worker, install: {serial: S3}, talos: {version: v1.14.0}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-command-");

    public CommandFolder(string spec = Spec, SecretsBundle? secrets = null)
    {
        File.WriteAllText(At("cluster.yaml"), spec);
        File.WriteAllText(At("secrets.yaml"), SecretsYaml.Write(secrets ?? TestSecrets.Bundle));
        File.SetUnixFileMode(At("secrets.yaml"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public FakeTimeProvider Time { get; } = new(TestSecrets.Now);

    public string Path => _folder.FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Read(string name) => File.ReadAllText(At(name));

    public Task<CliRun> Run(params string[] args) => CliRun.At(Time, Path, args);

    public void Dispose() => _folder.Delete(recursive: true);
}

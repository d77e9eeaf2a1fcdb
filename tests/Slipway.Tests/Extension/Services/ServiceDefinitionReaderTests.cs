using Slipway.Core.Diagnostics;
using Slipway.Extension.Services;
using Slipway.Tests.Architecture;

namespace Slipway.Tests.Extension.Services;

public sealed class ServiceDefinitionReaderTests
{
    private const string Least = "name: s\ncontainer:\n  entrypoint: ./run\nrestart: always\n";

    [Fact]
    public void Our_own_service_boots_safely()
    {
        var findings = new List<Diagnostic>();

        var service = ServiceDefinitionReader.Read("s.yaml", File.ReadAllText(Path.Combine(SourceTree.Root, "image/rootfs/usr/local/etc/containers/slipway-xdp.yaml")), findings);

        Assert.Empty(findings);
        Assert.Equal("always", service!.Restart);
        Assert.Equal(["cri"], service.After);
        Assert.Contains(service.Mounts, mount => mount.Source == "/sys/fs/bpf" && mount.Destination == "/sys/fs/bpf");
        Assert.DoesNotContain("/proc/irq", service.ReadonlyPaths!);
        Assert.True(service.WriteableSysfs);
        Assert.False(service.WriteableRootfs);
    }

    [Theory]
    [InlineData("name: s", "name: S!", "no name of a service")]
    [InlineData("restart: always", "restart: sometimes", "no restart policy")]
    [InlineData("  entrypoint: ./run\n", "  args: []\n", "is missing")]
    [InlineData("restart: always", "restart: always\ndepends: [{service: cri, time: true}]", "more than one thing")]
    [InlineData("restart: always", "restart: always\ndepends: [{path: run/x}]", "not absolute")]
    [InlineData("restart: always", "restart: always\ndepends: [{network: [ready]}]", "no state of the network")]
    [InlineData("restart: always", "restart: always\ndepends: [{}]", "waits for nothing")]
    public void What_Talos_drops_is_an_error(string from, string to, string words)
    {
        var findings = new List<Diagnostic>();

        Assert.Null(ServiceDefinitionReader.Read("s.yaml", Least.Replace(from, to, StringComparison.Ordinal), findings));
        Assert.Contains(findings, finding => finding.Severity == Severity.Error && finding.Message.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("restart: always", "restart: always\ndepends: [{configuration: true}]", "70 minutes")]
    [InlineData("restart: always", "restart: never", "70 minutes")]
    [InlineData("  entrypoint: ./run", "  entrypoint: ./run\n  mounts: [{source: /var/lib/s, destination: /s, type: bind, options: [bind]}]", "before /var is mounted")]
    [InlineData("  entrypoint: ./run", "  entrypoint: ./run\n  enviroment: [A=b]", "ignores it")]
    public void What_a_node_suffers_from_is_a_warning(string from, string to, string words)
    {
        var findings = new List<Diagnostic>();

        Assert.NotNull(ServiceDefinitionReader.Read("s.yaml", Least.Replace(from, to, StringComparison.Ordinal), findings));
        Assert.Contains(words, Assert.Single(findings).Message, StringComparison.Ordinal);
    }
}

using Slipway.Core.Yaml;
using Slipway.Tests.Architecture;
using YamlDotNet.RepresentationModel;

namespace Slipway.Tests.Traps;

/// <summary>The service that our extension brings, as Talos will read it.</summary>
public sealed class ExtensionTraps
{
    private static readonly YamlMappingNode s_service = Read();

    [Fact, Trap(16)]
    public void Trap_16_the_service_waits_for_no_configuration_is_always_started_again_and_each_dependency_says_one_thing()
    {
        Assert.Equal("always", s_service["restart"].ToString());
        Assert.All(List("depends"), dependency =>
        {
            Assert.Single(dependency.Children);
            Assert.DoesNotContain(dependency.Children, pair => pair.Key.ToString() is "configuration" or "path");
        });
    }

    [Fact, Trap(17)]
    public void Trap_17_the_hosts_own_bpffs_is_bound_and_shared()
    {
        var mount = Assert.Single(Mounts, mount => mount["destination"].ToString() == "/sys/fs/bpf");
        Assert.Equal(("/sys/fs/bpf", "bind"), (mount["source"].ToString(), mount["type"].ToString()));
        Assert.Contains("rshared", ((YamlSequenceNode)mount["options"]).Select(option => option.ToString()));
    }

    [Fact, Trap(31)]
    public void Trap_31_a_mount_below_var_comes_with_a_dependency_on_cri()
    {
        Assert.Contains(Mounts, mount => mount["source"].ToString().StartsWith("/var/", StringComparison.Ordinal));
        Assert.Contains(List("depends"), dependency => dependency.Children.Any(pair => (pair.Key.ToString(), pair.Value.ToString()) == ("service", "cri")));
    }

    private static IEnumerable<YamlMappingNode> Mounts => ((YamlSequenceNode)((YamlMappingNode)s_service["container"])["mounts"]).Cast<YamlMappingNode>();

    private static IEnumerable<YamlMappingNode> List(string key) => ((YamlSequenceNode)s_service[key]).Cast<YamlMappingNode>();

    private static YamlMappingNode Read()
    {
        var folder = Path.Combine(SourceTree.Root, "image", "rootfs", "usr", "local", "etc", "containers");
        return (YamlMappingNode)Assert.Single(YamlText.Load("service", File.ReadAllText(Assert.Single(Directory.EnumerateFiles(folder, "*.yaml"))), []));
    }
}

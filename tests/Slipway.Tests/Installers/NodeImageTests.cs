using Slipway.Core.Installers;
using Slipway.Core.Spec;
using Slipway.Tests.Spec;

namespace Slipway.Tests.Installers;

public sealed class NodeImageTests
{
    private const string Layout = "\nprofiles:\n  quiet: {cpus: {housekeeping: 0-1, network: 2, workload: 3-7, isolation: interrupts}}\n";

    [Fact]
    public void A_node_that_wants_nothing_more_gets_the_stock_installer_up_to_1_13()
    {
        var image = Of(GoodSpecs.Minimal);

        Assert.Equal(("ghcr.io/siderolabs/installer:v1.12.4", null), (image.Reference, image.SchematicId));
    }

    [Fact]
    public void From_1_14_on_the_image_factory_makes_even_the_empty_one()
    {
        var image = Of(GoodSpecs.Minimal.Replace("v1.12.4", "v1.14.0", StringComparison.Ordinal).Replace("v1.30.9", "v1.33.1", StringComparison.Ordinal));

        Assert.Equal("factory.talos.dev/metal-installer/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba:v1.14.0", image.Reference);
    }

    [Fact]
    public void Kernel_arguments_and_extensions_make_an_image_of_the_factory_that_the_spec_names()
    {
        var image = Of(GoodSpecs.Minimal
            .Replace("v1.12.4}", "v1.12.4, factory: factory.local:8080, secureBoot: true, extensions: [siderolabs/nvme-cli, siderolabs/amd-ucode]}", StringComparison.Ordinal)
            .Replace("disk: /dev/sda}", "disk: /dev/sda}, profile: quiet", StringComparison.Ordinal) + Layout);

        Assert.Equal(["isolcpus=managed_irq,3-7", "irqaffinity=0-2"], image.Schematic!.KernelArguments);
        Assert.Equal(["siderolabs/amd-ucode", "siderolabs/nvme-cli"], image.Schematic.Extensions);
        Assert.Equal(["amd-ucode", "nvme-cli"], image.Extensions);
        Assert.Equal($"factory.local:8080/metal-installer-secureboot/{image.Schematic.Id}:v1.12.4", image.Reference);
        Assert.Equal(image.Schematic.Id, image.SchematicId);
    }

    [Fact]
    public void An_own_image_is_taken_as_it_is_and_known_by_its_id_when_it_is_a_factorys()
    {
        var own = Of(GoodSpecs.Complete, "sol-1");
        var factorys = Of(GoodSpecs.Complete, "cp1");

        Assert.Equal(("registry.prod.internal/installer:v1.12.4", null), (own.Reference, own.SchematicId));
        Assert.Contains("irqaffinity=0-3,32-33", own.KernelArguments);
        Assert.Equal("376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba", factorys.SchematicId);
    }

    private static NodeImage Of(string yaml, string node = "cp1")
    {
        var spec = SpecReader.Read("c", yaml).Spec!;
        return NodeImage.Of(spec, spec.Nodes.First(candidate => candidate.Name == node));
    }
}

using Slipway.Core.Installers;

namespace Slipway.Tests.Installers;

public sealed class SchematicTests
{
    /// <summary>The ids are from the image factory's own tests (siderolabs/image-factory: pkg/schematic/schematic_test.go).</summary>
    [Fact]
    public void The_id_is_the_one_that_an_image_factory_gives()
    {
        Assert.Equal("376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba", Schematic.Empty.Id);
        Assert.Equal("9cba8e32753f91a16c1837ab8abf356af021706ef284aef07380780177d9a06c", new Schematic { KernelArguments = ["noapic", "nolapic"] }.Id);
    }

    [Fact]
    public void The_canonical_form_indents_by_four_and_leaves_out_what_is_empty() => Assert.Equal(
        """
        customization:
            extraKernelArgs:
                - isolcpus=managed_irq,4-31
            systemExtensions:
                officialExtensions:
                    - siderolabs/amd-ucode
                    - siderolabs/nvme-cli

        """,
        new Schematic { KernelArguments = ["isolcpus=managed_irq,4-31"], Extensions = ["siderolabs/amd-ucode", "siderolabs/nvme-cli"] }.ToYaml());
}

using System.CommandLine;
using Slipway.Extension.Oci;

namespace Slipway.Cli.Commands;

/// <summary>Options and arguments that the commands on extension images share.</summary>
internal static class ExtensionOptions
{
    public const string ReferenceShape = "[registry/]name[:tag]";

    public static Option<ImageReference?> Reference(string name, string description) => new(name)
    {
        Description = description,
        HelpName = ReferenceShape,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (ImageReference.TryParse(text, out var reference))
            {
                return reference;
            }

            result.AddError(NotAReference(text));
            return null;
        },
    };

    public static string NotAReference(string text) => $"'{text}' is no image reference: {ReferenceShape} is expected, such as registry.example/slipway-xdp:0.1.0";
}

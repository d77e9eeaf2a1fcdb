using Slipway.Core.Filter;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The extensions that the spec puts into the image, and whatever the config has to say to their services.</summary>
internal sealed class ExtensionsCheck : NodeCheck
{
    public override string Id => "talos.extension";

    public override string Why => "a config alone brings no extension: only an upgrade to an image with it does, and nothing says what is missing";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        // The filter has a check of its own.
        var services = subject.Intent.ExtensionServices.Where(name => name != FilterExtension.Name || !subject.WantsFilter).ToList();
        if (subject.Intent.Extensions.Count + services.Count == 0)
        {
            yield return NotApplicable("neither spec nor machine config asks for one beside the filter");
        }

        foreach (var name in subject.Intent.Extensions)
        {
            var there = subject.Detail.Extensions.FirstOrDefault(extension => extension.Name == name);
            yield return Judge(there is not null, name, there is null ? "not in the booted image" : $"{name} {there.Version}".TrimEnd(), "upgrade the node to the installer that the spec names", name);
        }

        foreach (var name in services)
        {
            var there = subject.Detail.Services.Any(service => service.Id == $"ext-{name}");
            yield return Judge(there, $"service ext-{name}", there ? "there" : "no such service", "upgrade the node to an image with the extension, or take its ExtensionServiceConfig away", $"ext-{name}");
        }
    }
}

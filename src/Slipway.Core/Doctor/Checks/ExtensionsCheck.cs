namespace Slipway.Core.Doctor.Checks;

/// <summary>The extensions that the spec puts into the image, and whatever the config has to say to their services.</summary>
internal sealed class ExtensionsCheck : NodeCheck
{
    public override string Id => "talos.extension";

    public override string Why => "a config alone brings no extension: only an upgrade to an image with it does, and nothing says what is missing";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Intent.Extensions.Count + subject.Intent.ExtensionServices.Count == 0)
        {
            yield return NotApplicable("the spec asks for none, and the machine config has no ExtensionServiceConfig");
        }

        foreach (var name in subject.Intent.Extensions)
        {
            var there = subject.Detail.Extensions.FirstOrDefault(extension => extension.Name == name);
            yield return Judge(there is not null, name, there is null ? "not in the booted image" : $"{name} {there.Version}".TrimEnd(), "upgrade the node to the installer that the spec names", name);
        }

        foreach (var name in subject.Intent.ExtensionServices)
        {
            var there = subject.Detail.Services.Any(service => service.Id == $"ext-{name}");
            yield return Judge(there, $"service ext-{name}", there ? "there" : "no such service", "upgrade the node to an image with the extension, or take its ExtensionServiceConfig away", $"ext-{name}");
        }
    }
}

using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Extension.Building;
using Slipway.Extension.Services;

namespace Slipway.Extension.Checking;

/// <summary>The service definitions of an extension, and whether what they run is there.</summary>
internal sealed class ServiceCheck(FileTree tree, FindingList findings)
{
    private const string Folder = ExtensionLayout.Rootfs + ExtensionLayout.Services + "/";
    private const UnixFileMode Executable = UnixFileMode.UserExecute;

    /// <returns>Names of the Talos services.</returns>
    public IReadOnlyList<string> Apply()
    {
        var names = new List<string>();
        foreach (var entry in tree.Entries.Where(entry => entry.Path.StartsWith(Folder, StringComparison.Ordinal) && entry.Kind != TarEntryKind.Folder).ToList())
        {
            if (!entry.Path.EndsWith(".yaml", StringComparison.Ordinal) || entry.Path[Folder.Length..].Contains('/', StringComparison.Ordinal))
            {
                findings.Warning(entry.Path, "Talos does not look at this file", "a name that ends in .yaml, in this folder itself");
            }
            else if (entry.Content is { } content && Read(entry.Path, content) is { } service)
            {
                if (names.Contains(service.Name, StringComparer.Ordinal))
                {
                    findings.Error(entry.Path, $"a second service '{service.Name}', which Talos drops");
                }

                names.Add(service.Name);
                Runs(entry.Path, service);
            }
        }

        return [.. names.Select(name => "ext-" + name)];
    }

    private ServiceDefinition? Read(string path, byte[] content)
    {
        var own = new List<Diagnostic>();
        var service = ServiceDefinitionReader.Read(findings.FileIn(path), Encoding.UTF8.GetString(content), own);
        findings.AddRange(own);
        return service;
    }

    private void Runs(string path, ServiceDefinition service)
    {
        var root = $"{ExtensionLayout.Rootfs}{ExtensionLayout.Containers}/{service.Name}";
        if (!tree.HasFolder(root))
        {
            findings.Error(path, $"the service has no root file system", root);
            return;
        }

        // A name without a slash would be looked for in PATH, inside of the container.
        if (!service.Entrypoint.Contains('/', StringComparison.Ordinal))
        {
            return;
        }

        if (TarNames.Normalize(service.Entrypoint.TrimStart('/')) is not { } entrypoint)
        {
            findings.Error(path, $"the entrypoint leads out of the service's root: {service.Entrypoint}");
        }
        else if (tree.Find($"{root}/{entrypoint}") is not { Kind: TarEntryKind.File or TarEntryKind.SymbolicLink } program)
        {
            findings.Error(path, $"the entrypoint is not there: {service.Entrypoint}", $"a file {root}/{entrypoint}");
        }
        else if (program.Kind == TarEntryKind.File && (program.Mode & Executable) == 0)
        {
            findings.Error(program.Path, "the service runs it, and it is not executable", "mode 0755");
        }
    }
}

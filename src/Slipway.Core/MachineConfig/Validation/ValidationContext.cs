using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Validation;

/// <summary>A config under validation and where its findings go.</summary>
internal sealed class ValidationContext(string file, IReadOnlyList<ConfigDocument> documents, ReleaseVersion talos, ICollection<Diagnostic> findings)
{
    public IReadOnlyList<ConfigDocument> Documents { get; } = documents;

    public ReleaseLine Talos { get; } = ReleaseLine.Of(talos);

    /// <summary>The document without a kind, when there is one.</summary>
    public YamlMappingNode? Legacy { get; } = documents.FirstOrDefault(document => document.IsLegacy)?.Root;

    public string? MachineType => Find("machine.type").Text();

    /// <summary>Init nodes are control planes of old.</summary>
    public bool IsControlPlane => MachineType is "controlplane" or "init";

    /// <summary>A value of the v1alpha1 document by its dotted path.</summary>
    public YamlNode? Find(string path)
    {
        YamlNode? node = Legacy;
        foreach (var step in path.Split('.'))
        {
            node = (node as YamlMappingNode)?.Find(step);
        }

        return node;
    }

    public void Error(YamlNode at, string path, string message, string? expected = null, string? hint = null) => Add(Severity.Error, at, path, message, expected, hint);

    public void Warning(YamlNode? at, string path, string message, string? expected = null, string? hint = null) => Add(Severity.Warning, at, path, message, expected, hint);

    /// <summary>An error, or a warning when the version is newer than what the tables know.</summary>
    public void Unknown(YamlNode at, string path, string message, string? hint) =>
        Add(Talos > FieldCatalog.Talos.Newest ? Severity.Warning : Severity.Error, at, path, message, null, hint);

    private void Add(Severity severity, YamlNode? at, string path, string message, string? expected, string? hint) => findings.Add(new Diagnostic
    {
        Severity = severity,
        File = file,
        Line = (int)(at?.Start.Line ?? 0),
        Column = (int)(at?.Start.Column ?? 0),
        Path = path,
        Message = message,
        Expected = expected,
        Hint = hint,
    });
}

using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Storage;

/// <summary>One version of one object. Its JSON is never changed after it was stored: writers clone it.</summary>
internal sealed class StoredObject(JsonObject json, long revision)
{
    private byte[]? _utf8;

    public JsonObject Json { get; } = json;

    public long Revision { get; } = revision;

    public string Namespace { get; } = json.Text("metadata", "namespace") ?? "";

    public string Name { get; } = json.Text("metadata", "name") ?? "";

    public string Uid { get; } = json.Text("metadata", "uid") ?? "";

    public bool IsDeleting => Json.Text("metadata", "deletionTimestamp") is not null;

    /// <summary>Serialised once, however many lists and watches send it.</summary>
    public byte[] Utf8 => _utf8 ??= Json.ToUtf8();
}

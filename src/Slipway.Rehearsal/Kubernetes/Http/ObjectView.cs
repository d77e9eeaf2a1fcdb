using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Tables;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>The shape in which a client asked for objects: whole, metadata only, or as a table for people.</summary>
internal sealed class ObjectView(ResourceRequest request, TimeProvider time)
{
    private readonly ResourceType _type = request.Type;

    /// <summary>One object, as get and watch send it.</summary>
    public ReadOnlyMemory<byte> One(StoredObject item) =>
        request.WantsTable ? Table([item], new JsonObject { ["resourceVersion"] = item.Json.Text("metadata", "resourceVersion") }).ToUtf8()
        : request.WantsMetadata ? Metadata(item.Json).ToUtf8()
        : item.Json.Text("apiVersion") == _type.GroupVersion ? item.Utf8
        : InVersion(item.Json).ToUtf8();

    public byte[] List(IReadOnlyList<StoredObject> items, JsonObject metadata) =>
        request.WantsTable ? Table(items, metadata).ToUtf8()
        : request.WantsMetadata ? Answer.List("meta.k8s.io/v1", "PartialObjectMetadataList", metadata, items.Select(One))
        : Answer.List(_type.GroupVersion, _type.ListKind, metadata, items.Select(One));

    public string ContentType =>
        request.WantsTable ? "application/json;as=Table;v=v1;g=meta.k8s.io"
        : request.WantsMetadata ? "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"
        : "application/json";

    private JsonObject Table(IReadOnlyList<StoredObject> items, JsonObject metadata) =>
        ObjectTable.Of(_type, items, metadata, request.Query("includeObject"), time.GetUtcNow());

    private static JsonObject Metadata(JsonObject json) => ObjectTable.MetadataOnly(json);

    private JsonObject InVersion(JsonObject json)
    {
        var copy = json.Clone();
        copy["apiVersion"] = _type.GroupVersion;
        return copy;
    }
}

using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Patching;

/// <summary>Who owns which fields of one object: <c>metadata.managedFields</c>, read into sets and written back.</summary>
internal sealed class ManagedFields
{
    private readonly List<Entry> _entries;

    private ManagedFields(List<Entry> entries) => _entries = entries;

    public IReadOnlyList<Entry> Entries => _entries;

    public static ManagedFields Read(JsonNode? managedFields) => new([.. managedFields.Items().Where(item => item.At("fieldsV1") is JsonObject).Select(item => new Entry(
        item.Text("manager") ?? "", item.Text("operation") ?? "Update", item.Text("subresource") ?? "",
        item.Text("apiVersion") ?? "", item.Text("time") ?? "", FieldSet.Parse(item.At("fieldsV1"))))]);

    public FieldSet Of(string manager, string operation, string subresource) => Find(manager, operation, subresource)?.Fields ?? FieldSet.Empty;

    public IEnumerable<Entry> Others(string manager, string operation, string subresource)
    {
        var own = Find(manager, operation, subresource);
        return _entries.Where(entry => entry != own);
    }

    public void Set(Entry entry)
    {
        var at = _entries.FindIndex(other => other.IsSameManager(entry.Manager, entry.Operation, entry.Subresource));
        if (at >= 0)
        {
            _entries[at] = entry;
        }
        else
        {
            _entries.Add(entry);
        }
    }

    /// <summary>Takes fields away from everybody but one manager.</summary>
    public void TakeFromOthers(Entry owner, FieldSet fields)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (!_entries[i].IsSameManager(owner.Manager, owner.Operation, owner.Subresource))
            {
                _entries[i] = _entries[i] with { Fields = _entries[i].Fields.Except(fields) };
            }
        }
    }

    /// <summary>Forgets fields that the object does not have any more, and managers that are left with none.</summary>
    public void Limit(FieldSet existing)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            _entries[i] = _entries[i] with { Fields = _entries[i].Fields.Intersect(existing) };
        }

        _entries.RemoveAll(entry => entry.Fields.IsEmpty);
    }

    public JsonArray ToJson() => _entries.Select(entry =>
    {
        var json = new JsonObject
        {
            ["manager"] = entry.Manager,
            ["operation"] = entry.Operation,
            ["apiVersion"] = entry.ApiVersion,
            ["time"] = entry.Time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = entry.Fields.ToJson(),
        };
        if (entry.Subresource.Length > 0)
        {
            json["subresource"] = entry.Subresource;
        }

        return (JsonNode?)json;
    }).ToJsonArray();

    private Entry? Find(string manager, string operation, string subresource) =>
        _entries.Find(entry => entry.IsSameManager(manager, operation, subresource));

    internal sealed record Entry(string Manager, string Operation, string Subresource, string ApiVersion, string Time, FieldSet Fields)
    {
        public bool IsSameManager(string manager, string operation, string subresource) =>
            Manager == manager && Operation == operation && Subresource == subresource;
    }
}

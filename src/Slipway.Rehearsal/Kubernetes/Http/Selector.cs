using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>The <c>labelSelector</c> and <c>fieldSelector</c> of a list or watch, as one test.</summary>
internal sealed partial class Selector
{
    private readonly List<Func<JsonObject, bool>> _tests = [];

    public bool IsEverything => _tests.Count == 0;

    public bool Matches(StoredObject item) => _tests.TrueForAll(test => test(item.Json));

    /// <exception cref="ApiException">400 for a selector that cannot be read.</exception>
    public static Selector Parse(string labels, string fields)
    {
        var selector = new Selector();
        foreach (var term in SplitOutsideParentheses(labels))
        {
            selector._tests.Add(LabelTest(term));
        }

        foreach (var term in fields.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            selector._tests.Add(FieldTest(term));
        }

        return selector;
    }

    private static Func<JsonObject, bool> LabelTest(string term)
    {
        if (SetTerm().Match(term) is { Success: true } set)
        {
            var (name, isIn) = (set.Groups[1].Value, set.Groups[2].Value == "in");
            var values = set.Groups[3].Value.Split(',').Select(value => value.Trim()).ToHashSet();
            return json => (json.Text("metadata", "labels", name) is { } value && values.Contains(value)) == isIn;
        }

        if (EqualityTerm().Match(term) is { Success: true } equality)
        {
            var (name, isEqual, wanted) = (equality.Groups[1].Value, equality.Groups[2].Value != "!=", equality.Groups[3].Value);
            return json => (json.Text("metadata", "labels", name) == wanted) == isEqual;
        }

        if (NameTerm().Match(term) is { Success: true } exists)
        {
            var (name, isWanted) = (exists.Groups[2].Value, exists.Groups[1].Length == 0);
            return json => (json.At("metadata", "labels", name) is not null) == isWanted;
        }

        throw ApiException.BadRequest($"unable to parse requirement '{term}' of the label selector");
    }

    private static Func<JsonObject, bool> FieldTest(string term)
    {
        if (EqualityTerm().Match(term) is not { Success: true } equality)
        {
            throw ApiException.BadRequest($"invalid field selector '{term}'");
        }

        var (path, isEqual, wanted) = (equality.Groups[1].Value.Split('.'), equality.Groups[2].Value != "!=", equality.Groups[3].Value);
        return json => (Value(json.At(path)) == wanted) == isEqual;
    }

    // An absent field compares as empty: kubectl asks for spec.nodeName= and means the unscheduled.
    private static string Value(JsonNode? node) => node is null ? "" : node.Text() ?? node.ToJsonString();

    private static IEnumerable<string> SplitOutsideParentheses(string text) =>
        Separator().Split(text).Select(term => term.Trim()).Where(term => term.Length > 0);

    [GeneratedRegex(@",(?![^(]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(\S+)\s+(in|notin)\s*\(([^)]*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex SetTerm();

    [GeneratedRegex(@"^([^\s!=]+)\s*(!=|==|=)\s*(\S*)$", RegexOptions.CultureInvariant)]
    private static partial Regex EqualityTerm();

    [GeneratedRegex(@"^(!?)\s*([^\s!=(),]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex NameTerm();
}

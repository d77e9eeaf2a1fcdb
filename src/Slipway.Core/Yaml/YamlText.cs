using Slipway.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Yaml;

/// <summary>
/// Reads YAML into nodes that keep key order, scalar text and style. Whatever is wrong with the text comes back as
/// findings with line and column; nothing throws and nothing overflows the stack. Every key of every mapping is a scalar,
/// no node contains itself, and what aliases stand for is within the limits too: it is safe to walk the nodes.
/// </summary>
public static class YamlText
{
    /// <summary>The roots of all non-empty documents in <paramref name="text"/>; none when there are error findings.</summary>
    /// <param name="file">The name that findings carry.</param>
    public static IReadOnlyList<YamlNode> Load(string file, string text, ICollection<Diagnostic> findings, YamlLimits? limits = null)
    {
        var own = new List<Diagnostic>();
        var roots = LoadLeniently(file, text, own, limits);
        own.ForEach(findings.Add);
        return own.Count == 0 ? roots : [];
    }

    /// <summary>
    /// As <see cref="Load"/>, but keeps the first value of a key that is given twice instead of giving up, so that a reader
    /// can tell what else is wrong. The finding about the second one is an error all the same.
    /// </summary>
    internal static IReadOnlyList<YamlNode> LoadLeniently(string file, string text, ICollection<Diagnostic> findings, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        if (YamlCharacters.FirstProblem(file, text, limits) is { } problem)
        {
            findings.Add(problem);
            return [];
        }

        var scan = new YamlScanState(file, limits, findings);
        try
        {
            if (!scan.Run(text))
            {
                return [];
            }

            var stream = new YamlStream();
            stream.Load(new YamlReplay(scan.Events));
            return [.. stream.Documents.Select(document => document.RootNode).Where(root => !IsEmpty(root))];
        }
        catch (YamlException error)
        {
            // The inner text is the real one where the parser wraps.
            var message = (error.InnerException ?? error).Message;
            findings.Add(Unreadable(file, error.Start, message, "check the indentation, quotes and brackets before this place"));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException or EndOfStreamException)
        {
            // The scanner has a few holes (an unclosed '[' before 'b:' is one) that surface without a position.
            findings.Add(Unreadable(file, scan.Reached, "the rest cannot be made out from here", "look for an unclosed bracket or quote near this place"));
        }

        return [];
    }

    /// <summary>True for what an empty document or an explicit null loads as.</summary>
    public static bool IsEmpty(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any } scalar && scalar.Value is null or "" or "~" or "null";

    private static Diagnostic Unreadable(string file, Mark at, string message, string hint) => new()
    {
        Severity = Severity.Error,
        File = file,
        Line = Math.Max((int)at.Line, 1),
        Column = Math.Max((int)at.Column, 1),
        Message = $"not valid YAML: {Excerpt.Clean(message.TrimEnd('.'), 160)}",
        Hint = hint,
    };
}

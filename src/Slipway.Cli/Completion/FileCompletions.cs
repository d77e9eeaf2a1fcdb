using System.CommandLine.Completions;

namespace Slipway.Cli.Completion;

/// <summary>Names of files and folders for shell completion, relative to where the shell stands.</summary>
internal static class FileCompletions
{
    private const int Most = 200;

    public static IEnumerable<CompletionItem> Folders(CompletionContext context) => Entries(context.WordToComplete, []);

    /// <summary>Folders, and files that end in one of <paramref name="extensions"/>.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Source(params string[] extensions) =>
        context => Entries(context.WordToComplete, extensions);

    private static IEnumerable<CompletionItem> Entries(string word, string[] extensions)
    {
        // A patch is written @file; the sign is not part of the path.
        var sign = word.StartsWith('@') ? "@" : "";
        var path = word[sign.Length..];
        var slash = path.LastIndexOf('/');
        var (typed, start) = slash < 0 ? ("", path) : (path[..(slash + 1)], path[(slash + 1)..]);
        try
        {
            return [.. new DirectoryInfo(typed.Length > 0 ? typed : ".").EnumerateFileSystemInfos()
                .Where(entry => entry.Name.StartsWith(start, StringComparison.Ordinal) && (start.Length > 0 || !entry.Name.StartsWith('.')))
                .Where(entry => entry is DirectoryInfo || extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                .Select(entry => sign + typed + entry.Name + (entry is DirectoryInfo ? "/" : ""))
                .Order(StringComparer.Ordinal)
                .Take(Most)
                .Select(name => new CompletionItem(name))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}

using System.Text;

namespace Slipway.Rehearsal.Configs;

/// <summary>The text that a dry run answers with: a line diff with headers, secrets in clear, as Talos writes it.</summary>
internal static class ConfigDiff
{
    public static string Of(string before, string after)
    {
        if (before == after)
        {
            return "Config diff:\n\nNo changes.";
        }

        var (old, @new) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        // Common head and tail are cut off; between them all goes and all comes. Coarser than Talos', but of the same form.
        var head = old.Zip(@new).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = Math.Min(
            old.Reverse().Zip(@new.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count(),
            Math.Min(old.Length, @new.Length) - head);
        var text = new StringBuilder("Config diff:\n\n--- a\n+++ b\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"@@ -{head + 1},{old.Length - head - tail} +{head + 1},{@new.Length - head - tail} @@\n");
        foreach (var line in old[head..(old.Length - tail)])
        {
            text.Append('-').Append(line).Append('\n');
        }

        foreach (var line in @new[head..(@new.Length - tail)])
        {
            text.Append('+').Append(line).Append('\n');
        }

        return text.ToString();
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Slipway.Cli;

/// <summary>Options and arguments that take one of a few words, told apart by the names of an enum in kebab-case.</summary>
internal static class Choice
{
    /// <summary>An option whose standard value is the enum's first member.</summary>
    public static Option<T> Option<T>(string name, string[] aliases, string description)
        where T : struct, Enum
    {
        var option = new Option<T>(name, aliases)
        {
            Description = $"{description} (default {Word(default(T))})",
            HelpName = string.Join('|', Words<T>()),
            CustomParser = result => Parse<T>(name, result),
        };
        // The library would offer the members as C# spells them.
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. Words<T>()]);
        return option;
    }

    public static Argument<T> Argument<T>(string name, string description)
        where T : struct, Enum
    {
        var argument = new Argument<T>(name)
        {
            Description = description,
            HelpName = string.Join('|', Words<T>()),
            CustomParser = result => Parse<T>(name, result),
        };
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add([.. Words<T>()]);
        return argument;
    }

    public static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Word);

    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static bool TryParse<T>(string word, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(Word(candidate), word, StringComparison.OrdinalIgnoreCase))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static T Parse<T>(string name, ArgumentResult result)
        where T : struct, Enum
    {
        var given = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (!TryParse<T>(given, out var value))
        {
            result.AddError($"{name}: '{given}' is not one of {string.Join(", ", Words<T>())}");
        }

        return value;
    }
}

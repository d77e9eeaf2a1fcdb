using Slipway.Agent.Running;

namespace Slipway.Agent.Commands;

/// <summary>What was asked for on the command line: a command, its words, and options that all commands know.</summary>
internal sealed record Arguments
{
    public required string Command { get; init; }

    public IReadOnlyList<string> Words { get; init; } = [];

    public AgentPaths Paths { get; init; } = new();

    public string StatusFolder { get; init; } = "/run/slipway/xdp";

    public bool Json { get; init; }

    /// <summary>Null and a sentence when the line is not understood.</summary>
    public static (Arguments? Arguments, string Problem) Parse(IReadOnlyList<string> line)
    {
        var words = new List<string>();
        var arguments = new Arguments { Command = "help" };
        for (var i = 0; i < line.Count; i++)
        {
            var word = line[i];
            if (word is "-h" or "--help")
            {
                return (arguments, "");
            }

            if (!word.StartsWith('-') || word == "-")
            {
                words.Add(word);
                continue;
            }

            if (i + 1 == line.Count)
            {
                return (null, $"{word} needs a value, or is no option");
            }

            var value = line[++i];
            Arguments? next = word switch
            {
                "--config" => arguments with { Paths = arguments.Paths with { Config = value } },
                "--object" => arguments with { Paths = arguments.Paths with { Object = value } },
                "--pins" => arguments with { Paths = arguments.Paths with { Pins = value } },
                "--state" => arguments with { Paths = arguments.Paths with { State = value } },
                "--status" => arguments with { StatusFolder = value },
                "-o" or "--output" when value is "json" or "text" => arguments with { Json = value == "json" },
                _ => null,
            };
            if (next is null)
            {
                return (null, $"there is no option {word} {value}");
            }

            arguments = next;
        }

        return words.Count == 0 ? (null, "no command is named") : (arguments with { Command = words[0], Words = words[1..] }, "");
    }
}

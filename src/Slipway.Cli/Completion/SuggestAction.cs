using System.CommandLine;
using System.CommandLine.Invocation;

namespace Slipway.Cli.Completion;

/// <summary>
/// The library's candidates without the noise: options only once a dash was typed (or when there is nothing else), and no
/// one-letter or DOS-style names at all.
/// </summary>
internal sealed class SuggestAction(SynchronousCommandLineAction inner) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var all = new StringWriter();
        configuration.Output = all;
        try
        {
            inner.Invoke(parseResult);
        }
        finally
        {
            configuration.Output = output;
        }

        var candidates = all.ToString().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Where(name => !name.StartsWith('/') || name.Length > 2)
            .Where(name => !name.StartsWith('-') || name.Length > 2)
            .ToList();
        var words = candidates.Where(name => !name.StartsWith('-')).ToList();
        foreach (var name in words.Count > 0 ? words : candidates)
        {
            output.WriteLine(name);
        }

        return ExitCodes.Ok;
    }
}

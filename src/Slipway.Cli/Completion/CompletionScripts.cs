namespace Slipway.Cli.Completion;

/// <summary>What a shell sources to complete slipway: each asks the program itself by its [suggest] directive.</summary>
internal static class CompletionScripts
{
    public static string For(Shell shell) => shell switch
    {
        Shell.Bash => Bash,
        Shell.Zsh => Zsh,
        Shell.Fish => Fish,
        _ => throw new ArgumentOutOfRangeException(nameof(shell)),
    };

    private const string Bash =
        """
        # bash completion for slipway; load it with:  source <(slipway completion bash)
        _slipway() {
            local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}"
            # readline cuts words at ':' and '=', so only the rest after the last one is to be replaced.
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
            if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == */ ]]; then compopt -o nospace; fi
        }
        complete -F _slipway slipway

        """;

    private const string Zsh =
        """
        #compdef slipway
        # zsh completion for slipway; load it with:  source <(slipway completion zsh)
        _slipway() {
            local line="${BUFFER[1,CURSOR]}"
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -S '' -- ${found:#}
        }
        compdef _slipway slipway

        """;

    private const string Fish =
        """
        # fish completion for slipway; load it with:  slipway completion fish | source
        function __slipway_complete
            set -l line (commandline -cp)
            slipway "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c slipway -f -a '(__slipway_complete)'

        """;
}

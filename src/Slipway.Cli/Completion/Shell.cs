namespace Slipway.Cli.Completion;

internal enum Shell
{
    Bash,
    Zsh,
    Fish,
}

using System.ComponentModel;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Benchmarks.Xdp;

/// <summary>Programs of the machine that this needs; who lacks one is told the package.</summary>
internal static class Tool
{
    public static string Run(string program, string package, IEnumerable<string> arguments) => Explained(program, package, () => Programs.Run(program, arguments));

    /// <summary>The same in a network of its own.</summary>
    public static string RunIn(NetworkNamespace network, string program, string package, params IEnumerable<string> arguments) =>
        Explained(program, package, () =>
        {
            Programs.Run("which", [program]);
            return network.Run(program, arguments);
        });

    private static T Explained<T>(string program, string package, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{program} is not installed (Debian: apt-get install {package})");
        }
        catch (InvalidOperationException missing) when (missing.Message.StartsWith("which ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{program} is not installed (Debian: apt-get install {package})");
        }
    }
}

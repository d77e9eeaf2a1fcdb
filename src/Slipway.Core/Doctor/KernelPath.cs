namespace Slipway.Core.Doctor;

/// <summary>
/// The file behind the key of a kernel setting, by the rule of sysctl.d(5) that Talos follows (pkg/machinery/kernel/kernel.go):
/// a first separator that is a slash leaves the rest alone, a dot swaps dots and slashes.
/// </summary>
public static class KernelPath
{
    /// <param name="root"><c>/proc/sys</c> or <c>/sys</c>.</param>
    public static string Of(string root, string key)
    {
        var first = key.IndexOfAny(['.', '/']);
        if (first >= 0 && key[first] == '.')
        {
            key = string.Create(key.Length, key, (target, text) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    target[i] = text[i] switch { '.' => '/', '/' => '.', var other => other };
                }
            });
        }

        return $"{root}/{key}";
    }
}

using System.Diagnostics;

namespace Slipway.Kernel.Tests.Service;

/// <summary>
/// The sources of agent and filter in a folder of their own, and what image/build.sh makes of them there. A copy, so that nothing that was built
/// before has a part in it, and that two of them show whether the folder has.
/// </summary>
internal sealed class SourceCopy
{
    private static readonly string[] s_parts = ["bpf", "src/Slipway.Agent", "src/Slipway.Xdp"];
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    private SourceCopy(string folder)
    {
        Folder = folder;
    }

    public string Folder { get; }

    public string Agent => Path.Combine(Folder, "artifacts/agent/xdp-agent");

    public string XdpObject => Path.Combine(Folder, "artifacts/bpf/solana_xdp.bpf.o");

    public static SourceCopy Build(string folder)
    {
        var root = Root();
        foreach (var file in Directory.GetFiles(Path.Combine(root, "src")).Append(Path.Combine(root, ".editorconfig")))
        {
            Copy(root, file, folder);
        }

        foreach (var file in s_parts.SelectMany(part => Directory.EnumerateFiles(Path.Combine(root, part), "*", SearchOption.AllDirectories)))
        {
            if (!Path.GetRelativePath(root, file).Split('/').Any(part => part is "obj" or "bin"))
            {
                Copy(root, file, folder);
            }
        }

        var copy = new SourceCopy(folder);
        copy.Run("bash", "bpf/build.sh", "artifacts/bpf");
        copy.Run("dotnet", "publish", "src/Slipway.Agent", "-c", "Release", "-o", "artifacts/agent", "-v", "q", "-nologo", "-nodeReuse:false");
        return copy;
    }

    private static void Copy(string root, string file, string folder)
    {
        var target = Path.Combine(folder, Path.GetRelativePath(root, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }

    private void Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the test runner was told is not for the compiler that is started here.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var ended = process.WaitForExit(s_patience);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(ended && process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} in {Folder} did not do: {output.Result}{errors.Result}");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Bootstrap.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Bootstrap.sln is in no folder above the tests");
        }

        return folder.FullName;
    }
}

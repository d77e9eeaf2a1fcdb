using Slipway.Core.Failures;
using Slipway.Engine.Files;

namespace Slipway.Engine.Journaling;

/// <summary>One run at a time for one state folder. The kernel frees the lock when the process dies, however it dies.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    public static RunLock Take(StateFolder folder)
    {
        PrivateFiles.EnsureFolder(folder.Path);
        // Kubeconfigs, configs and journals lie in here: none of it belongs into a repository.
        PrivateFiles.Write(Path.Combine(folder.Path, ".gitignore"), "*\n");
        try
        {
            return new RunLock(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error)
        {
            throw new SlipwayException(FailureReason.Unsafe, $"another run holds {folder.Lock}", error)
            {
                Hint = "wait for it to end, or stop it with Ctrl-C; it can be continued",
            };
        }
    }

    public void Dispose() => _file.Dispose();
}

using Slipway.Core.Failures;

namespace Slipway.Extension.Checking;

/// <summary>Opens a layout that was found sound before.</summary>
internal static class LayoutSources
{
    /// <exception cref="SlipwayException">LocalState.</exception>
    public static ILayoutSource Open(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? new FolderSource(path)
                : new TarSource(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), CheckLimits.Default, new FindingList(path));
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.LocalState, $"{path} cannot be read: {error.Message}", error);
        }
    }
}

using Slipway.Agent.Configuration;

namespace Slipway.Agent.Running;

/// <summary>A configuration's file, which somebody else wrote.</summary>
internal static class BoundedFile
{
    /// <summary>One byte more than may be, so that the reader can refuse a file that is too long without our holding it all.</summary>
    /// <exception cref="IOException">And what else a file system has to say.</exception>
    public static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[Math.Min(file.Length, JsonPlaceReader.LargestFile) + 1];
        var held = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..held];
    }
}

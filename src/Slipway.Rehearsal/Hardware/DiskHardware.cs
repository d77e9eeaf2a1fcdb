namespace Slipway.Rehearsal.Hardware;

/// <param name="Device">Name without <c>/dev/</c>.</param>
/// <param name="Size">Bytes.</param>
internal sealed record DiskHardware(string Device, string Serial, string Wwid, string Model, long Size)
{
    public string Path => "/dev/" + Device;
}

namespace Slipway.Talos.Cosi;

/// <summary>SMBIOS: what the machine says it is.</summary>
/// <param name="Uuid">Lower case.</param>
public sealed record SystemInformationView(string? Manufacturer, string? Product, string? Serial, string? Uuid)
{
    public static SystemInformationView Of(CosiResource resource) => new(
        resource.Text("manufacturer"), resource.Text("productName"), resource.Text("serialnumber"), resource.Text("uuid")?.ToLowerInvariant());
}

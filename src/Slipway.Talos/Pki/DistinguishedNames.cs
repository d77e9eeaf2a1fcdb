using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Slipway.Talos.Pki;

/// <summary>
/// Subjects in the shape that Go's crypto/x509 gives them: all organizations in one set, then the common name. Talos reads
/// roles from the organizations, Kubernetes groups.
/// </summary>
internal static class DistinguishedNames
{
    private const string Organization = "2.5.4.10";

    private const string CommonName = "2.5.4.3";

    public static X500DistinguishedName Create(IReadOnlyList<string> organizations, string? commonName = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Add(writer, Organization, organizations);
            Add(writer, CommonName, commonName is null ? [] : [commonName]);
        }

        return new X500DistinguishedName(writer.Encode());
    }

    /// <summary>The organizations of a certificate's subject, in its order.</summary>
    public static IReadOnlyList<string> OrganizationsOf(X500DistinguishedName name)
    {
        var found = new List<string>();
        var sequence = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var set = sequence.ReadSetOf();
            while (set.HasData)
            {
                var pair = set.ReadSequence();
                if (pair.ReadObjectIdentifier() == Organization)
                {
                    found.Add(pair.ReadCharacterString((UniversalTagNumber)pair.PeekTag().TagValue));
                }
            }
        }

        return found;
    }

    private static void Add(AsnWriter writer, string type, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        using (writer.PushSetOf())
        {
            foreach (var value in values)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(type);
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                }
            }
        }
    }
}

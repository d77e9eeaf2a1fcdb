using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A node's profile is declared, or is called after a client; a slip of the pen would leave a validator without its settings.</summary>
internal sealed class ProfileNamesRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        var declared = root.Find("profiles")?.Entries ?? new Dictionary<string, SpecValue>();
        List<string> known = [.. declared.Keys, .. ValidatorClients.Names];
        foreach (var profile in root.ItemsOf("nodes").Select(node => node.Find("profile")).OfType<SpecValue>().Where(profile => !known.Contains(profile.Text)))
        {
            var similar = KeySuggestion.Closest(profile.Text, known);
            var message = $"the profile '{profile.Text}' is declared nowhere and is no client's name, so nothing follows from it";
            var expected = $"a name under profiles, or {string.Join(", ", ValidatorClients.Names.SkipLast(1))}";
            var hint = similar is null ? null : $"did you mean '{similar}'?";
            // Whoever declares profiles means one of them; a name alone may be there for people only.
            if (declared.Count > 0)
            {
                findings.Error(profile, message, expected, hint);
            }
            else
            {
                findings.Warning(profile, message, expected, hint);
            }
        }
    }
}

using Xunit.v3;

namespace Slipway.Tests.Traps;

/// <summary>Marks a test that proves that Slipway does not walk into a trap of <see cref="TrapIndex"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TrapAttribute(int number) : Attribute, ITraitAttribute
{
    public int Number { get; } = number;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Trap", Number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}

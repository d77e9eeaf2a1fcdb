using System.Globalization;
using Slipway.Core.Versions;

namespace Slipway.Core.MachineConfig.Schema;

/// <summary>A line of Talos releases, such as 1.13.</summary>
internal readonly record struct ReleaseLine(int Major, int Minor) : IComparable<ReleaseLine>
{
    public static ReleaseLine Of(ReleaseVersion version) => new(version.Major, version.Minor);

    public static ReleaseLine Parse(string text)
    {
        var parts = text.Split('.');
        return new ReleaseLine(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public int CompareTo(ReleaseLine other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public static bool operator <(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) < 0;

    public static bool operator >(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) > 0;

    public static bool operator <=(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}

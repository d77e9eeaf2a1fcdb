using System.Globalization;
using System.Runtime.CompilerServices;

namespace Slipway.Xdp.Reference;

/// <summary>An interpolated string that is only put together when somebody wants the steps: a verdict alone costs no text.</summary>
[InterpolatedStringHandler]
internal ref struct StepText
{
    private DefaultInterpolatedStringHandler _text;

    public StepText(int literalLength, int formattedCount, Inspection inspection, out bool isWanted)
    {
        isWanted = inspection.IsTraced;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string format) => _text.AppendFormatted(value, format);

    public string Finish() => _text.ToStringAndClear();
}

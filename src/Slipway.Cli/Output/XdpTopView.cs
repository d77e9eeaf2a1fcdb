using Slipway.Cli.Filter;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>Rows of fixed width, so that those of one look stand below those of the look before.</summary>
internal static class XdpTopView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<TopRow> rows, bool heading)
    {
        if (heading)
        {
            console.WriteLine(Line("NODE", "MODE", "PACKETS/S", "DROPPED/S", "WOULD DROP/S", "IN", "OUT", "MOSTLY FOR"));
        }

        foreach (var row in rows)
        {
            console.WriteLine(Line(
                row.Node, row.Mode, Number(row.Seen), Number(row.Dropped), Number(row.WouldDrop), Bits(row.RxBits), Bits(row.TxBits), row.Problem?.ReplaceLineEndings(" ") ?? row.TopReason ?? "-"));
        }
    }

    private static string Line(string node, string mode, string seen, string dropped, string would, string received, string sent, string rest) =>
        $"{node,-16} {mode,-8} {seen,12} {dropped,12} {would,12} {received,10} {sent,10}  {rest}".TrimEnd();

    private static string Number(double? value) => value is { } number ? $"{number:N0}" : "-";

    private static string Bits(double value) => value switch
    {
        >= 1e9 => $"{value / 1e9:N1} Gb/s",
        >= 1e6 => $"{value / 1e6:N1} Mb/s",
        _ => $"{value / 1e3:N1} kb/s",
    };
}

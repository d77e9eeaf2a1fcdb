namespace Slipway.Benchmarks.Measuring;

/// <summary>Columns of figures, aligned to the right; the first to the left when it holds words.</summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write(TextWriter output)
    {
        var widths = headings.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        var words = _rows.Skip(1).Any(row => row[0].Any(char.IsLetter));
        foreach (var row in _rows)
        {
            var cells = row.Select((cell, column) => column == 0 && words ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}

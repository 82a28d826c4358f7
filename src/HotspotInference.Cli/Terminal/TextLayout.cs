using Spectre.Console.Rendering;

namespace HotspotInference.Cli.Terminal;

/// <summary>Sets text and tables so that they fit a width, and numbers stay whole.</summary>
static class TextLayout
{
    const string Gap = "  ";

    // Narrower than this, a column of words is no help.
    const int NarrowestText = 20;

    /// <summary>Breaks a text between words; a word that is wider than the width stays whole.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            string line = "";
            foreach (string word in paragraph.Split(' '))
            {
                if (line.Length > 0 && WidthOf(line) + 1 + WidthOf(word) > width)
                {
                    lines.Add(line);
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : $"{line} {word}";
                }
            }
            lines.Add(line);
        }
        return lines;
    }

    /// <summary>
    /// Sets a table. One that is too wide is cut into several, each of which begins with the first column; a column without a name stays
    /// with the one before it. Only a last column of words is broken within.
    /// </summary>
    /// <param name="rows">The rows, the first with the columns' names.</param>
    /// <param name="numbers">The columns that stand to the right.</param>
    /// <param name="width">The width to fit.</param>
    /// <returns>For each part its lines, the names first.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Table(IReadOnlyList<IReadOnlyList<string>> rows,
        IReadOnlyList<int> numbers, int width)
    {
        int columns = rows.Max(row => row.Count);
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => rows.Max(row => WidthOf(Cell(row, column))))];
        int last = columns - 1, left = width - widths[..last].Sum(one => one + Gap.Length);
        if (!numbers.Contains(last) && left >= NarrowestText)
            return [Lines(rows, [.. Enumerable.Range(0, columns)], widths, numbers, left)];
        return [.. Parts(rows[0], widths, width).Select(part => Lines(rows, part, widths, numbers, int.MaxValue))];
    }

    static IEnumerable<int[]> Parts(IReadOnlyList<string> names, int[] widths, int width)
    {
        var part = new List<int> { 0 };
        for (int column = 1; column < widths.Length;)
        {
            // With the columns that belong to it.
            int end = column + 1;
            while (end < widths.Length && Cell(names, end).Length == 0)
                end++;
            int[] together = [.. Enumerable.Range(column, end - column)];
            if (part.Count > 1 && part.Concat(together).Sum(one => widths[one] + Gap.Length) - Gap.Length > width)
            {
                yield return [.. part];
                part = [0];
            }
            part.AddRange(together);
            column = end;
        }
        yield return [.. part];
    }

    static List<string> Lines(IReadOnlyList<IReadOnlyList<string>> rows, int[] columns, int[] widths,
        IReadOnlyList<int> numbers, int widthOfLast)
    {
        var lines = new List<string>();
        foreach (IReadOnlyList<string> row in rows)
        {
            string before = string.Concat(
                columns[..^1].Select(column => Padded(Cell(row, column), widths[column], numbers.Contains(column)) + Gap));
            int last = columns[^1];
            IReadOnlyList<string> cell = numbers.Contains(last)
                ? [Padded(Cell(row, last), widths[last], toTheRight: true)] : Wrap(Cell(row, last), widthOfLast);
            foreach (string line in cell)
            {
                lines.Add((before + line).TrimEnd());
                before = new string(' ', WidthOf(before));
            }
        }
        return lines;
    }

    static string Cell(IReadOnlyList<string> row, int column) => column < row.Count ? row[column] : "";

    static string Padded(string text, int width, bool toTheRight)
    {
        var space = new string(' ', Math.Max(0, width - WidthOf(text)));
        return toTheRight ? space + text : text + space;
    }

    // Names in Chinese take two places a character.
    static int WidthOf(string text) => new Segment(text).CellCount();
}

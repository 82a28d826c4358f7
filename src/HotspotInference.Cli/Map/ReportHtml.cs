using System.Globalization;
using System.Net;
using System.Text;
using HotspotInference.Rendering;

namespace HotspotInference.Cli.Map;

/// <summary>A report as one HTML file that needs nothing else and runs no script. Every text that it is given stays text.</summary>
sealed class ReportHtml
{
    readonly StringBuilder _html = new();

    public ReportHtml(string title) => _html.Append(CultureInfo.InvariantCulture, $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <style>{PageAssets.Read("report.css")}</style>
        </head>
        <body>
        <h1>{WebUtility.HtmlEncode(title)}</h1>

        """);

    public void Section(string text) => Element("h2", text);

    public void Heading(string text) => Element("h3", text);

    public void Note(string text) => Element("p", text, " class=\"note\"");

    public void Warning(string text) => Element("p", text, " class=\"warning\"");

    /// <summary>A chart.</summary>
    public void Figure(LineChart chart) => _html.Append("<figure>").Append(LineChart.Svg(chart)).Append("</figure>\n");

    /// <summary>A table, its columns named by the first row.</summary>
    /// <param name="head">The names.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="shade">How strongly the cell at a row and a column is shaded, 0..1; null for not at all.</param>
    public void Table(IEnumerable<string> head, IEnumerable<IEnumerable<string>> rows, Func<int, int, double>? shade = null)
    {
        _html.Append("<div class=\"scroll\"><table>\n<thead><tr>");
        foreach (string name in head)
            Element("th", name);
        _html.Append("</tr></thead>\n<tbody>\n");
        foreach ((int row, IEnumerable<string> cells) in rows.Index())
        {
            _html.Append("<tr>");
            foreach ((int column, string cell) in cells.Index())
                Element("td", cell, shade is null ? "" : string.Create(CultureInfo.InvariantCulture,
                    $" style=\"background: rgb(183 55 121 / {100 * shade(row, column):F0}%)\""));
            _html.Append("</tr>\n");
        }
        _html.Append("</tbody>\n</table></div>\n");
    }

    /// <summary>The whole page.</summary>
    public override string ToString() => $"{_html}</body>\n</html>\n";

    void Element(string name, string text, string attributes = "")
    {
        _html.Append(CultureInfo.InvariantCulture, $"<{name}{attributes}>{WebUtility.HtmlEncode(text)}</{name}>");
        if (name[0] is 'h' or 'p')
            _html.Append('\n');
    }
}

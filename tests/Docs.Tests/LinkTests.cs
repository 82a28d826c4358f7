using HotspotInference.Docs.Tests.Markdown;

namespace HotspotInference.Docs.Tests;

public sealed class LinkTests
{
    [Theory]
    [MemberData(nameof(Pages.Names), MemberType = typeof(Pages))]
    public void Links_lead_to_files_and_headings_that_are_there(string name)
    {
        Page page = Pages.All[name];

        string[] broken = [.. page.Links.Where(link => !IsElsewhere(link) && Fault(page, link) is not null).Select(link => $"{link}: {Fault(page, link)}")];

        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_readme()
    {
        var reached = new HashSet<string> { "README.md" };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out string? name))
        {
            foreach (string link in Pages.All[name].Links.Where(link => !IsElsewhere(link)))
            {
                string target = NameOf(Target(Pages.All[name], link.Split('#')[0]));
                if (Pages.All.ContainsKey(target) && reached.Add(target))
                    open.Enqueue(target);
            }
        }

        Assert.Equal(["src/PackageReadme.md"], Pages.All.Keys.Where(name => !reached.Contains(name)));
    }

    // Whatever shows a package has no repository around it.
    [Fact]
    public void Readme_of_the_packages_has_no_relative_links() => Assert.DoesNotContain(Pages.All["src/PackageReadme.md"].Links, link => !IsElsewhere(link));

    [Fact]
    public void Links_are_found_and_broken_ones_told()
    {
        string folder = Directory.CreateTempSubdirectory("hotspot").FullName;
        try
        {
            string file = Path.Combine(folder, "page.md");
            File.WriteAllText(file, "# A heading, `code` and [a link](other.md)\n\n[here](#a-heading-code-and-a-link) [no](#nowhere) `[code](x.md)`\n\n    [code](y.md)\n"
                + "<img src=\"gone.png\"> [a](page.md) [b](https://example.com)\n\n## Twice\n## Twice\n[second](page.md#twice-1)\n");
            var page = new Page(file);

            Assert.Equal(["other.md", "#a-heading-code-and-a-link", "#nowhere", "gone.png", "page.md", "https://example.com", "page.md#twice-1"], page.Links);
            Assert.Equal(["other.md", "#nowhere", "gone.png"], page.Links.Where(link => !IsElsewhere(link) && Fault(page, link) is not null));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static bool IsElsewhere(string link) => link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith("http://", StringComparison.Ordinal);

    static string? Fault(Page page, string link)
    {
        string[] parts = link.Split('#', 2);
        string path = Target(page, parts[0]);
        if (!File.Exists(path) && !Directory.Exists(path))
            return "no such file";
        if (parts.Length == 1)
            return null;
        Page target = Pages.All.GetValueOrDefault(NameOf(path)) ?? new Page(path);
        return target.Anchors.Contains(parts[1]) ? null : $"no such heading; there are {string.Join(", ", target.Anchors)}";
    }

    static string Target(Page page, string path) => path.Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, path));

    static string NameOf(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}

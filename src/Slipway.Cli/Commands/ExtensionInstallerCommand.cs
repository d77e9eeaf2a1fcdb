using System.CommandLine;
using System.Formats.Tar;
using Slipway.Cli.Completion;
using Slipway.Cli.Input;
using Slipway.Cli.Installers;
using Slipway.Core.Failures;
using Slipway.Core.Layouts;
using Slipway.Engine.Upgrading;
using Slipway.Extension.Checking;
using Slipway.Extension.Oci;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class ExtensionInstallerCommand : SlipwayCommand
{
    private readonly Option<string[]> _nodes = new("--node", "-n") { Description = "for this node; may be given several times (default all that have the filter)", HelpName = "name" };

    private readonly Option<string[]> _extensions = new("--extension")
    {
        Description = "an extension that goes in: a .tar or layout folder of this machine, or a reference; may be given several times",
        HelpName = "path|reference",
        DefaultValueFactory = _ => ["slipway-xdp.tar"],
        CompletionSources = { FileCompletions.Source(".tar") },
    };

    private readonly Option<string> _target = new("--to") { Description = "folder for the installers", DefaultValueFactory = _ => "installers", HelpName = "folder", CompletionSources = { FileCompletions.Folders } };

    private readonly Option<string?> _imager = new("--imager")
    {
        Description = $"Talos' imager, or docker or podman, which run its image (default: ${Imager.Variable}, then imager, docker or podman on the PATH)",
        HelpName = "path",
    };

    private readonly Option<bool> _print = new("--print") { Description = "only print what would be run" };

    public ExtensionInstallerCommand()
        : base("installer", "Make the installers of a spec's nodes, with the extension and their kernel arguments in them, by Talos' imager")
    {
        Options.Add(_nodes);
        Options.Add(_extensions);
        Options.Add(_target);
        Options.Add(_imager);
        Options.Add(_print);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway extension installer -f cluster.yaml", "one .tar for each kind of node that has the filter"),
        new("slipway extension installer -f cluster.yaml --print", "the commands, for a machine that has the imager"),
        new("slipway extension installer --extension slipway-xdp.tar --extension ghcr.io/siderolabs/nvme-cli:v2.11", "with another extension beside it"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var spec = (await LoadedSpec.LoadAsync(context, cancellationToken)).Spec;
        var nodes = ChosenNodes.Of(spec, [.. spec.Nodes.Where(node => AgentConfigJson.IsWanted(spec, node))], context.Get(_nodes) ?? []);
        var wishes = InstallerWish.Of(spec, nodes);
        if (wishes.Count == 0)
        {
            throw TextFiles.Bad(context.Settings.File ?? GlobalOptions.DefaultFile, "the spec asks for the filter on no node", "xdp.mode observe or enforce", "--node makes a node's installer all the same");
        }

        if (wishes.GroupBy(wish => wish.Archive).FirstOrDefault(same => same.Key is not null && same.Count() > 1) is { } shared)
        {
            throw TextFiles.Bad(
                context.Settings.File ?? GlobalOptions.DefaultFile, $"{Path.GetFileName(shared.Key)} cannot be for {string.Join(" and ", shared.Select(wish => wish.Nodes[0]))} alike: they want another Talos or other kernel arguments",
                "an 'installerArchive' for each kind of node", "say it in the profiles, where the kernel arguments are");
        }

        var target = context.FullPath(context.Get(_target)!);
        var imager = Imager.Find(context.Get(_imager) is { } given ? context.FullPath(given) : null, context.Environment.Variable);
        var draft = target + ".partial";
        Clear(draft);
        try
        {
            var folders = new List<string>();
            var extensions = context.Get(_extensions)!.Select(extension => Extension(context, extension, draft, folders, wishes)).ToList();
            if (context.Get(_print) || imager is null)
            {
                Print(context, imager ?? new Imager("docker"), wishes, extensions, folders, target);
                return context.Get(_print)
                    ? ExitCodes.Ok
                    : throw new SlipwayException(FailureReason.NotFound, "there is no imager to run, so no installer was made")
                    {
                        Expected = "Talos' imager, docker or podman",
                        Hint = $"run what is printed above where one of them is, or name it by --imager or {Imager.Variable}",
                    };
            }

            var made = new List<Made>();
            foreach (var wish in wishes)
            {
                made.Add(await MakeAsync(context, imager, wish, extensions, folders, draft, target, cancellationToken));
            }

            context.Output.Tell("Installers", new Listing(made), console =>
            {
                foreach (var one in made)
                {
                    console.WriteLine($"{one.File}: Talos {one.Talos} for {string.Join(", ", one.Nodes)}, {one.Bytes:N0} bytes");
                }
            });
            foreach (var one in made)
            {
                if (one.Sent)
                {
                    context.Output.Note($"{Path.GetFileName(one.File)} lies where the spec looks for it: 'slipway up' sends it to its nodes");
                }
                else
                {
                    context.Output.Note($"now put it where the spec looks for it: skopeo copy docker-archive:{one.File} docker://{one.Reference}");
                }
            }

            return ExitCodes.Ok;
        }
        finally
        {
            Clear(draft);
        }
    }

    private static async Task<Made> MakeAsync(
        CommandContext context, Imager imager, InstallerWish wish, IReadOnlyList<(string Place, bool IsFolder)> extensions, IReadOnlyList<string> folders, string draft, string target, CancellationToken cancellationToken)
    {
        var output = Path.Combine(draft, wish.FileName + ".out");
        Directory.CreateDirectory(output);
        context.Output.Note($"{Path.GetFileName(imager.Program)}: {wish.FileName} for {string.Join(", ", wish.Nodes)}");
        await imager.RunAsync(imager.Arguments(wish.Talos, output, folders), wish.ProfileText(Seen(imager, extensions)), line => context.Output.Note($"  {line}"), cancellationToken);
        var made = ImageArchive.In(output);
        var file = wish.Archive ?? Path.Combine(target, wish.FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // In two steps, for the first may be a copy to another disk.
        File.Move(made, file + ".partial", overwrite: true);
        File.Move(file + ".partial", file, overwrite: true);
        return new Made(file, wish.Reference, wish.Archive is not null, wish.Talos.ToString(), wish.KernelArguments, wish.Nodes, new FileInfo(file).Length);
    }

    /// <summary>What the imager takes is looked at first: it checks no more than the range of Talos versions.</summary>
    private static (string Place, bool IsFolder) Extension(CommandContext context, string extension, string draft, List<string> folders, IReadOnlyList<InstallerWish> wishes)
    {
        var path = context.FullPath(extension);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return !LayoutWriter.IsTar(extension) && ImageReference.TryParse(extension, out _)
                ? (extension, false)
                : throw TextFiles.Bad(extension, "there is no such file", "an extension's image", "'slipway extension build' makes the filter's");
        }

        foreach (var talos in wishes.Select(wish => wish.Talos).Distinct())
        {
            var report = ExtensionChecker.Check(extension, path, talos, CheckLimits.Default);
            if (!report.Valid)
            {
                throw new BadInputException(report.Findings);
            }
        }

        if (!Directory.Exists(path))
        {
            // The imager reads layouts from folders only.
            var folder = Path.Combine(draft, $"extension{folders.Count}");
            Directory.CreateDirectory(folder);
            TarFile.ExtractToDirectory(path, folder, overwriteFiles: false);
            path = folder;
        }

        folders.Add(path);
        return (path, true);
    }

    private static List<(string Place, bool IsFolder)> Seen(Imager imager, IReadOnlyList<(string Place, bool IsFolder)> extensions)
    {
        var number = 0;
        return [.. extensions.Select(extension => extension.IsFolder ? (imager.Seen(extension.Place, number++), true) : extension)];
    }

    /// <summary>For a shell. A .tar has to be unpacked there first, which is said in a comment.</summary>
    private static void Print(CommandContext context, Imager imager, IReadOnlyList<InstallerWish> wishes, IReadOnlyList<(string Place, bool IsFolder)> extensions, List<string> folders, string target)
    {
        var here = folders.Select((folder, number) => folder.Contains(".partial", StringComparison.Ordinal) ? $"$PWD/extension{number}" : folder).ToList();
        var comments = here.Where(folder => folder.StartsWith("$PWD", StringComparison.Ordinal)).Select(folder => $"# unpack the extension's .tar there first: mkdir {folder} && tar -xf FILE.tar -C {folder}\n");
        context.Output.Text(string.Concat(comments) + string.Concat(wishes.Select(wish =>
            $"# {wish.Archive ?? wish.FileName}, for {string.Join(", ", wish.Nodes)}\n{imager.Program} {string.Join(' ', imager.Arguments(wish.Talos, target, here).Select(Word))} <<'PROFILE'\n{wish.ProfileText(Seen(imager, extensions))}PROFILE\n")));
    }

    private static string Word(string text) => text.Any(letter => !char.IsAsciiLetterOrDigit(letter) && !"-_./:=".Contains(letter, StringComparison.Ordinal)) ? $"\"{text}\"" : text;

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed record Listing(IReadOnlyList<Made> Installers);

    private sealed record Made(string File, string Reference, bool Sent, string Talos, IReadOnlyList<string> KernelArguments, IReadOnlyList<string> Nodes, long Bytes);
}

using System.Runtime.InteropServices;
using System.Text;
using Slipway.Agent.Affinity;
using Slipway.Agent.Configuration;
using Slipway.Agent.Filtering;
using Slipway.Agent.Metrics;
using Slipway.Agent.Running;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Loading;

namespace Slipway.Agent.Commands;

/// <summary>The commands. Exit codes: 0 done and well, 1 failed, 2 the line was not understood, 4 something is wrong on this node.</summary>
internal static class AgentApplication
{
    private const string Help = """
        xdp-agent: the XDP filter for Solana validators on this node

          run              load the filter, attach it, keep it told; until a signal
          status           how the filter is (from the running agent's status file)
          counters         packets by role, group, verdict and reason
          explain PACKET   what becomes of a frame, given as hex digits, and why
          check            the configuration file: every finding with its place
          test             load and verify the filter without attaching it
          detach           take the filter off every interface, in whichever network namespace
          undo-affinity    give interrupts and queues the CPUs that they had
          version

        Options: --config FILE  --object FILE  --pins FOLDER  --state FOLDER  --status FOLDER  -o json|text
        Exit codes: 0 well, 1 failed, 2 not understood, 4 something is wrong on this node

        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> line, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var (arguments, problem) = Arguments.Parse(line);
        if (arguments is null)
        {
            await errors.WriteLineAsync($"xdp-agent: {problem}; xdp-agent --help lists what there is");
            return 2;
        }

        try
        {
            return arguments.Command switch
            {
                "run" => await RunAgentAsync(arguments, errors, cancellationToken),
                "status" => StatusCommand.Run(arguments, output, errors),
                "counters" => CountersCommand.Run(arguments, output, errors),
                "explain" => ExplainCommand.Run(arguments, output, errors),
                "check" => Check(arguments, output),
                "test" => Test(arguments, output),
                "detach" => Detach(arguments, output, errors),
                "undo-affinity" => Undo(arguments, output),
                "version" => Say(output, AgentVersion.Text),
                "help" => Say(output, Help.TrimEnd()),
                var other => Unknown(other, errors),
            };
        }
        catch (Exception failure) when (failure is XdpException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"xdp-agent: {failure.Message}");
            return 1;
        }
    }

    /// <summary>Ends with 0 on a signal; a node's boot waits for this service, so that nothing else ends it.</summary>
    private static async Task<int> RunAgentAsync(Arguments arguments, TextWriter errors, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.Cancel();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var dataplane = new KernelDataplane(arguments.Paths.Object, arguments.Paths.Pins);
        await using var loop = new AgentLoop(arguments.Paths, dataplane, HostAddresses.List, SystemFolders.Real, errors.WriteLine, TimeProvider.System);
        await loop.RunAsync(end.Token);
        return 0;
    }

    private static int Check(Arguments arguments, TextWriter output)
    {
        var path = arguments.Words.Count > 0 ? arguments.Words[0] : arguments.Paths.Config;
        if (new FileInfo(path).Length > JsonPlaceReader.LargestFile)
        {
            output.WriteLine($"{path}: the file is longer than {JsonPlaceReader.LargestFile} bytes");
            return 1;
        }

        var result = ConfigReader.Read(File.ReadAllBytes(path));
        foreach (var finding in result.Findings)
        {
            output.WriteLine(finding.In(path));
        }

        return result.Config is null ? 1 : Say(output, $"{path}: well, mode {result.Config.Mode.ToString().ToLowerInvariant()}");
    }

    private static int Test(Arguments arguments, TextWriter output)
    {
        var variants = Enum.GetValues<ProgramVariant>();
        using var filter = XdpFilter.Load(FilterObject.FromFile(arguments.Paths.Object), variants, FilterSizes.Default);
        filter.Beat();
        return Say(output, $"the kernel verified {string.Join(", ", variants.Select(Words.Of))}, and the filter takes a sign of life");
    }

    private static int Detach(Arguments arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            return Say(output, NodeFilter.DetachAll(arguments.Paths.Pins) ? "detached" : "nothing was attached");
        }
        catch (XdpException locked) when (locked.Reason == XdpFailureReason.Locked)
        {
            errors.WriteLine("xdp-agent: an agent is running, and would attach the filter again at once: stop it first, or set \"mode\": \"off\" in its configuration");
            return 1;
        }
    }

    private static int Undo(Arguments arguments, TextWriter output)
    {
        var outcomes = new AffinityKeeper(arguments.Paths.AffinityMemory).Undo();
        var text = new StringBuilder();
        foreach (var outcome in outcomes)
        {
            text.AppendLine(outcome.Text);
        }

        output.Write(outcomes.Count == 0 ? "nothing was changed\n" : text.ToString());
        return outcomes.Any(outcome => outcome.Problem is not null) ? 1 : 0;
    }

    private static int Say(TextWriter output, string text)
    {
        output.WriteLine(text);
        return 0;
    }

    private static int Unknown(string command, TextWriter errors)
    {
        errors.WriteLine($"xdp-agent: there is no command {command}; xdp-agent --help lists what there is");
        return 2;
    }
}

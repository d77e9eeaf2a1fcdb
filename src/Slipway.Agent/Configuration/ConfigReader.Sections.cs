using System.Globalization;
using System.Net;
using System.Text.Json;
using Slipway.Xdp;

namespace Slipway.Agent.Configuration;

/// <summary>What the agent does beside filtering.</summary>
internal static partial class ConfigReader
{
    private const int MostCpus = 1024;

    private static StakeConfig Stake(Section section)
    {
        var defaults = new StakeConfig();
        var stake = new StakeConfig
        {
            Rpc = section.ReadOrNull("rpc", value => Rpc(section, value)),
            File = section.ReadOrNull("file", value => FilePath(section, value)),
            Refresh = section.Seconds("refreshSeconds", defaults.Refresh, 5, 86_400),
            Timeout = section.Seconds("timeoutSeconds", defaults.Timeout, 1, 300),
            Identity = section.ReadOrNull("identity", value => Identity(section, value)),
            MinimumSol = section.Long("minimumSol", defaults.MinimumSol, 0, 1_000_000_000),
            Cache = section.Read("cache", defaults.Cache!, value => FilePath(section, value)),
        };
        section.ExactlyOne("rpc", "file");
        section.Close();
        return stake;
    }

    private static RpcEndpoint? Rpc(Section section, JsonPlace value)
    {
        const string Expected = "a URL with a literal address, such as http://127.0.0.1:8899";
        if (value.Kind != JsonValueKind.String || !Uri.TryCreate(value.Text, UriKind.Absolute, out var url))
        {
            section.Report(value, $"found {value.Found}", Expected);
            return null;
        }

        if (url.Scheme == "https")
        {
            section.Report(value, $"found {value.Found}: the agent speaks no TLS", Expected, "use the validator's own RPC on this node, or write the answers to a file and name it under stake.file");
            return null;
        }

        if (url.Scheme != "http" || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            section.Report(value, $"found {value.Found}", Expected);
            return null;
        }

        if (!IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
        {
            section.Report(value, $"the host {url.Host} is a name: the agent has no resolver", Expected, "write its address");
            return null;
        }

        return new RpcEndpoint(new IPEndPoint(address, url.Port), url.PathAndQuery);
    }

    private static string? Identity(Section section, JsonPlace value)
    {
        if (value.Kind == JsonValueKind.String && Base58.TryDecode32(value.Text, out _))
        {
            return value.Text;
        }

        section.Report(value, $"found {value.Found}", "a public key of 32 bytes in base58");
        return null;
    }

    private static MetricsConfig Metrics(Section section)
    {
        var socket = section.ReadOrNull("socket", value => FilePath(section, value));
        var listen = section.Take("listen");
        var metrics = new MetricsConfig
        {
            Socket = socket,
            Listen = listen switch
            {
                null => socket is null ? new MetricsConfig().Listen : null,
                { Kind: JsonValueKind.String, Text: "none" } => null,
                _ => EndPoint(section, listen),
            },
        };
        if (socket is not null && listen is { Text: not "none" })
        {
            section.Report(listen, "both listen and socket are set", "one of them");
        }

        section.Close();
        return metrics;
    }

    private static IPEndPoint? EndPoint(Section section, JsonPlace value)
    {
        if (value.Kind == JsonValueKind.String && value.Text.LastIndexOf(':') is > 0 and var colon
            && TryPort(value.Text[(colon + 1)..], out var port) && Addresses.TryParse(Bare(value.Text[..colon]), out var address))
        {
            return new IPEndPoint(address, port);
        }

        section.Report(value, $"found {value.Found}", "an address and a port such as 127.0.0.1:9810, or \"none\"");
        return null;
    }

    private static string Bare(string host) => host is ['[', .. var inner, ']'] && inner.Contains(':') ? inner : host;

    private static AuditConfig Audit(Section section)
    {
        var defaults = new AuditConfig { Path = "/var/log/slipway/xdp-audit.jsonl" };
        var audit = new AuditConfig
        {
            Path = section.Read("path", defaults.Path, value => FilePath(section, value)),
            LinesPerSecond = section.Integer("linesPerSecond", defaults.LinesPerSecond, 1, 10_000),
            MaxBytes = section.Long("maxBytes", defaults.MaxBytes, 4096, 1L << 32),
            Files = section.Integer("files", defaults.Files, 1, 100),
        };
        section.Close();
        return audit;
    }

    private static AffinityConfig Affinity(Section section)
    {
        var affinity = new AffinityConfig
        {
            Irq = Cpus(section, "irq"),
            Rps = Cpus(section, "rps"),
            Xps = Cpus(section, "xps"),
            Napi = Cpus(section, "napi"),
            ThreadedNapi = section.Boolean("threadedNapi"),
        };
        section.Close();
        return affinity;
    }

    private static ExileConfig Exile(Section section)
    {
        var exile = new ExileConfig { Cpus = Cpus(section, "cpus"), Queue = section.Integer("queue", 512, 8, 16_384) };
        section.Required("cpus");
        if (exile.Cpus.Count > ExileConfig.MostCpus)
        {
            section.Report(section.Place, $"{exile.Cpus.Count} CPUs are named", $"at most {ExileConfig.MostCpus}");
        }

        section.Close();
        return exile;
    }

    /// <summary>A list of numbers, or a kernel CPU list such as "0-3,8".</summary>
    private static IReadOnlyList<int> Cpus(Section section, string key) =>
        section.Read(key, [], value => value.Kind switch
        {
            JsonValueKind.Array when value.Items.All(item => item.Kind == JsonValueKind.Number && int.TryParse(item.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var cpu) && cpu < MostCpus) =>
                [.. value.Items.Select(item => int.Parse(item.Text, CultureInfo.InvariantCulture)).Distinct().Order()],
            JsonValueKind.String when CpuList.TryParse(value.Text, MostCpus, out var cpus) => cpus,
            _ => NoCpus(section, value),
        });

    private static IReadOnlyList<int>? NoCpus(Section section, JsonPlace value)
    {
        section.Report(value, $"found {value.Found}", $"CPUs below {MostCpus}, as \"2-3,8\" or [2, 3, 8]");
        return null;
    }

    private static MarksConfig Marks(Section section)
    {
        var marks = new MarksConfig
        {
            Dscp = new Dictionary<PeerGroup, int>(LimitsConfig.Groups
                .Select(entry => (entry.Group, Value: section.OptionalInteger(entry.Word + "Dscp", 0, 63)))
                .Where(entry => entry.Value is not null)
                .Select(entry => KeyValuePair.Create(entry.Group, entry.Value!.Value))),
            Metadata = section.Boolean("metadata") ?? false,
        };
        section.Close();
        return marks;
    }

    private static StatusConfig Status(Section section)
    {
        var defaults = new StatusConfig();
        var status = new StatusConfig
        {
            Folder = section.Read("folder", defaults.Folder, value => FilePath(section, value)),
            Every = section.Seconds("everySeconds", defaults.Every, 1, 3600),
        };
        section.Close();
        return status;
    }

    private static string? FilePath(Section section, JsonPlace value)
    {
        if (section.Text(value, "an absolute path") is not { } path)
        {
            return null;
        }

        if (path.StartsWith('/') && path.Length < 4096 && !path.Split('/').Contains(".."))
        {
            return path;
        }

        section.Report(value, $"found {value.Found}", "an absolute path without ..");
        return null;
    }
}

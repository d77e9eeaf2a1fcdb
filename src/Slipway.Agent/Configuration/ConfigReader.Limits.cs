using System.Text.Json;
using Slipway.Xdp;

namespace Slipway.Agent.Configuration;

/// <summary>Limits: by group of sources, with exceptions by role.</summary>
internal static partial class ConfigReader
{
    private const int HighestRate = 1_000_000;

    private static LimitsConfig Limits(Section section)
    {
        var limits = new LimitsConfig();
        limits = new LimitsConfig
        {
            Unknown = Group(section, "unknown", limits.Unknown),
            Known = Group(section, "known", limits.Known),
            Staked = Group(section, "staked", limits.Staked),
        };
        var exceptions = new Dictionary<(PortRole, PeerGroup), GroupLimits>();
        if (section.Object("roles") is { } roles)
        {
            foreach (var (word, role) in RoleWords.Words)
            {
                if (roles.Object(word) is not { } groups)
                {
                    continue;
                }

                foreach (var (name, group) in LimitsConfig.Groups)
                {
                    exceptions[(role, group)] = Group(groups, name, limits.Of(group));
                }

                groups.Close();
            }

            roles.Close();
        }

        section.Close();
        return limits with { Exceptions = exceptions };
    }

    private static GroupLimits Group(Section parent, string key, GroupLimits fallback)
    {
        if (parent.Object(key) is not { } section)
        {
            return fallback;
        }

        var group = new GroupLimits(Rate(section, "source", fallback.Source), Rate(section, "total", fallback.Total));
        section.Close();
        return group;
    }

    /// <summary>"none" is no limit, which the default of an absent key is not.</summary>
    private static RateLimit? Rate(Section parent, string key, RateLimit? fallback)
    {
        if (parent.Take(key) is not { } value)
        {
            return fallback;
        }

        if (value is { Kind: JsonValueKind.String, Text: "none" })
        {
            return null;
        }

        if (value.Kind != JsonValueKind.Object)
        {
            parent.Report(value, $"found {value.Found}", "{\"packetsPerSecond\": …, \"burst\": …} or \"none\"");
            return fallback;
        }

        var rate = new Section(value, parent);
        rate.Required("packetsPerSecond");
        var packets = rate.Integer("packetsPerSecond", 1, 1, HighestRate);
        // A burst is kept in 1/4096 packets in 32 bits (bpf/solana_xdp.h), which ends at 1,048,575.
        var read = new RateLimit(packets, rate.Integer("burst", packets, 1, HighestRate));
        rate.Close();
        return read;
    }
}

using Slipway.Xdp;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Metrics;

/// <summary>A status as metrics. Pure: what is scraped is what status.json says.</summary>
internal static class AgentMetrics
{
    public static string Of(AgentStatus status)
    {
        var text = new PrometheusText();
        text.Family("slipway_xdp_info", "gauge", "The agent's version.").Sample("slipway_xdp_info", 1, ("version", status.Version));
        text.Single("slipway_xdp_start_time_seconds", "gauge", "When the agent started, in Unix time.", status.StartedAt.ToUnixTimeMilliseconds() / 1000.0);
        text.Family("slipway_xdp_mode", "gauge", "1 for the mode that the program runs in.");
        foreach (var mode in Enum.GetValues<FilterMode>())
        {
            text.Sample("slipway_xdp_mode", mode == status.Mode ? 1 : 0, ("mode", Words.Of(mode)));
        }

        text.Single("slipway_xdp_config_generation", "gauge", "Counts the configurations that came into force since the start.", status.Config.Generation);
        text.Single("slipway_xdp_config_findings", "gauge", "What is wrong with the configuration file that is there now; the last good one stays in force.", status.Config.Findings.Count);
        text.Single("slipway_xdp_problems", "gauge", "What the status calls a problem now.", status.Problems.Count);
        if (status.HeartbeatAgeSeconds is { } age)
        {
            text.Single("slipway_xdp_heartbeat_age_seconds", "gauge", "Since the program heard of the agent.", age);
        }

        Counters(text, status);
        Interfaces(text, status);
        Stake(text, status.Stake);
        Tables(text, status.Tables);
        Audit(text, status.Audit);
        return text.ToString();
    }

    private static void Counters(PrometheusText text, AgentStatus status)
    {
        text.Family("slipway_xdp_packets_total", "counter", "Packets by role of their port, group of their source, verdict and reason.");
        foreach (var cell in status.Counters)
        {
            text.Sample("slipway_xdp_packets_total", cell.Packets, Labels(cell));
        }

        text.Family("slipway_xdp_bytes_total", "counter", "Bytes of whole frames, likewise.");
        foreach (var cell in status.Counters)
        {
            text.Sample("slipway_xdp_bytes_total", cell.Bytes, Labels(cell));
        }
    }

    private static (string, string)[] Labels(CounterStatus cell) =>
        [("role", Words.Of(cell.Role)), ("group", Words.Of(cell.Group)), ("verdict", Words.Of(cell.Verdict)), ("reason", Words.Of(cell.Reason))];

    private static void Interfaces(PrometheusText text, AgentStatus status)
    {
        text.Family("slipway_xdp_interface_info", "gauge", "How the filter sits on an interface; 0 where it does not.");
        foreach (var nic in status.Interfaces)
        {
            text.Sample(
                "slipway_xdp_interface_info",
                nic.Attach == "none" ? 0 : 1,
                ("interface", nic.Name),
                ("slot", nic.Slot),
                ("attach", nic.Attach),
                ("owner", nic.Owner),
                ("driver", nic.Driver));
        }

        Each("slipway_xdp_interface_up", "gauge", "1 when the interface is up.", nic => nic.Up ? 1 : 0);
        Each("slipway_xdp_interface_receive_bytes_total", "counter", "Bytes in, as the driver counts.", nic => nic.RxBytes);
        Each("slipway_xdp_interface_transmit_bytes_total", "counter", "Bytes out, as the driver counts.", nic => nic.TxBytes);
        Each("slipway_xdp_interface_receive_packets_total", "counter", "Packets in, as the driver counts.", nic => nic.RxPackets);
        Each("slipway_xdp_interface_transmit_packets_total", "counter", "Packets out, as the driver counts.", nic => nic.TxPackets);
        Each("slipway_xdp_interface_receive_errors_total", "counter", "Receive errors, drops and frames that found the ring full.", nic => nic.RxErrors);
        Each("slipway_xdp_interface_transmit_errors_total", "counter", "Transmit errors and drops.", nic => nic.TxErrors);
        Each("slipway_xdp_interface_receive_bytes_per_second", "gauge", "Bandwidth in, over the last status interval.", nic => nic.RxBitsPerSecond / 8);
        Each("slipway_xdp_interface_transmit_bytes_per_second", "gauge", "Bandwidth out, over the last status interval.", nic => nic.TxBitsPerSecond / 8);

        void Each(string name, string type, string help, Func<InterfaceStatus, double> value)
        {
            text.Family(name, type, help);
            foreach (var nic in status.Interfaces)
            {
                text.Sample(name, value(nic), ("interface", nic.Name));
            }
        }
    }

    private static void Stake(PrometheusText text, StakeStatus? stake)
    {
        if (stake is null)
        {
            return;
        }

        if (stake.AgeSeconds is { } age)
        {
            text.Single("slipway_xdp_stake_age_seconds", "gauge", "Age of the stake table in force.", age);
        }

        text.Family("slipway_xdp_stake_addresses", "gauge", "Addresses in the stake table.")
            .Sample("slipway_xdp_stake_addresses", stake.Staked, ("group", "staked"))
            .Sample("slipway_xdp_stake_addresses", stake.Known, ("group", "known"));
        text.Single("slipway_xdp_stake_refreshes_total", "counter", "Good answers.", stake.Refreshes);
        text.Single("slipway_xdp_stake_failures_total", "counter", "Attempts without a good answer.", stake.Failures);
    }

    private static void Tables(PrometheusText text, TableStatus? tables)
    {
        if (tables is null)
        {
            return;
        }

        text.Single("slipway_xdp_peers", "gauge", "Addresses in the peer table.", tables.Peers);
        text.Single("slipway_xdp_peers_overflow", "gauge", "Those that found their set full.", tables.Overflow);
        text.Single("slipway_xdp_peers_capacity", "gauge", "Addresses that there is room for.", tables.Capacity);
        text.Single("slipway_xdp_prefixes", "gauge", "Networks in the prefix table.", tables.Prefixes);
        text.Single("slipway_xdp_peers_generation", "gauge", "Counts the replacements of the peer table.", tables.Generation);
        if (tables.BucketPressure is { } pressure)
        {
            text.Single("slipway_xdp_bucket_pressure_ratio", "gauge", "Part of the strangers' buckets that were charged within the last second; near 1 the limit of the class decides.", pressure);
        }
    }

    private static void Audit(PrometheusText text, AuditStatus? audit)
    {
        if (audit is not null)
        {
            text.Single("slipway_xdp_audit_lines_total", "counter", "Lines of the audit log.", audit.Written);
            text.Single("slipway_xdp_audit_suppressed_total", "counter", "Samples that the rate limit kept out.", audit.Suppressed);
        }
    }
}
